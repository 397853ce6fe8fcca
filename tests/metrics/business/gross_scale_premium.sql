-- 规模保费: all premium received by accounting date, account value included, less free-look refunds in the month they complete.
with movements as (
    select
        policy_number,
        accounting_date as business_date,
        premium_amount as amount
    from raw.policy_admin.premium_payment
    union all
    select
        policy_number,
        completed_date,
        -refund_amount
    from latest.servicing_request
    where servicing_type = 'free_look_cancellation' and request_status = 'completed'
)

select
    movements.business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    movements.amount as numerator,
    null as denominator
from movements
inner join raw.policy_admin.policy as policy on movements.policy_number = policy.policy_number
