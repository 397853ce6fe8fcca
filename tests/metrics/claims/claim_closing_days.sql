-- 结案周期: time from report to closing in days, averaged over claims closed in the period; zero closings left out.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    epoch(closing.occurred_at - claim.reported_at) / 86400 as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed' and closing.conclusion is distinct from 'zero'
