-- 客均登录次数: sign-ins of known customers, per effective customer and month.
select
    * replace (login_count as numerator)
from checked.interactions_per_customer
