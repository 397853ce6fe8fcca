-- 原保险保费收入: premium received without its account-value part, of products that passed the significant-risk test, less what was
-- received of policies cancelled in the free look, in the month of the cancellation. It is a part of 规模保费, so it is reduced
-- with it: else its share could exceed the whole.
with received as (
    select
        policy_number,
        accounting_date as business_date,
        premium_amount - coalesce(account_value_amount, 0) as amount
    from raw.policy_admin.premium_payment
),

movements as (
    select * from received
    union all
    select
        request.policy_number,
        request.completed_date,
        -received.amount
    from latest.servicing_request as request
    inner join received on request.policy_number = received.policy_number
    where request.servicing_type = 'free_look_cancellation' and request.request_status = 'completed'
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
inner join latest.product as product on policy.product_code = product.product_code
where product.is_insurance_contract
