-- 指尖查勘覆盖率: of the claims surveyed, on the day of the last survey, those where every survey was done on the mobile phone.
with cases as (
    select
        claim_number,
        max(ended_date) as business_date,
        min(cast(survey_method = 'mobile' as integer)) as is_mobile
    from raw.claims.survey_task
    where task_kind = 'survey'
    group by claim_number
)

select
    cases.business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cases.is_mobile as numerator,
    1 as denominator
from cases
inner join raw.claims.claim as claim on cases.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
