-- 升级赔案数: claims raised for the first time because they had dwelt for more than 12 hours, by the day they were raised.
with raised as (
    select claim_number, min(escalated_date) as business_date
    from latest.claim_escalation
    group by claim_number
)

select
    raised.business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    1 as numerator,
    null as denominator
from raised
inner join raw.claims.claim as claim on raised.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
