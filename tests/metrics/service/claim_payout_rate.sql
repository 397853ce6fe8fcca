-- 理赔获赔率: claims closed in full, in part, ex gratia or by agreement, over all claims closed in the period.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(closing.conclusion in ('full', 'partial', 'ex_gratia', 'agreed') as integer) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed'
