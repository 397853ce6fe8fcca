-- 万元以下赔付周期: 同上, that is the closing cycle, of claims paid less than 10,000 yuan.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    epoch(closing.occurred_at - claim.reported_at) / 86400 as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.claims.claim_stage_event as paid on claim.claim_number = paid.claim_number and paid.stage = 'paid'
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed' and closing.conclusion is distinct from 'zero' and paid.amount < 10000
