-- 客户生命周期价值总额: the values of all effective customers.
select
    * exclude (denominator),
    null as denominator
from checked.customer_lifetime_value
