-- 提现金额: amount of succeeded withdrawal orders by order date.
select
    order_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    amount as numerator,
    null as denominator
from raw.account.payment_order
where order_type = 'withdrawal' and order_status = 'succeeded'
