-- 支付成功率: payments (top-ups, withdrawals and fund orders have names of their own) that succeeded over payments asked for,
-- without those the customer cancelled or had no balance for.
select
    order_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(order_status = 'succeeded' as integer) as numerator,
    1 as denominator
from raw.account.payment_order
where
    order_type = 'payment' and order_status <> 'cancelled'
    and coalesce(failure_reason, '') not in ('user_cancelled', 'insufficient_balance')
