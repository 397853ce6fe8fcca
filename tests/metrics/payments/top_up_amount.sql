-- 充值金额: amount of succeeded top-up orders by quick pay, online bank or transfer, the routes the formula names, by order date.
select
    order_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    amount as numerator,
    null as denominator
from raw.account.payment_order
where order_type = 'top_up' and order_status = 'succeeded'
    and payment_route in ('quick_pay', 'online_bank', 'transfer')
