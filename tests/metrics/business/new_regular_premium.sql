-- 新单期交保费: first-year premium (a whole year of instalments) of long-term policies not paid at once, on the day of issue, less
-- that of policies cancelled in their free look, on the day the cancellation completes.
with movements as (
    select
        policy_number,
        issue_date as business_date,
        1 as sign
    from raw.policy_admin.policy
    union all
    select
        policy_number,
        completed_date,
        -1
    from latest.servicing_request
    where servicing_type = 'free_look_cancellation' and request_status = 'completed'
)

select
    movements.business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    movements.sign * policy.premium_amount as numerator,
    null as denominator
from movements
inner join raw.policy_admin.policy as policy on movements.policy_number = policy.policy_number
inner join latest.product as product on policy.product_code = product.product_code
where product.is_long_term and policy.payment_frequency <> 'single'
