-- 客均支付次数: payments of known customers, per effective customer and month.
select
    * replace (payment_count as numerator)
from checked.interactions_per_customer
