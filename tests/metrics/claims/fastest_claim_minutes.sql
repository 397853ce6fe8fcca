-- combine: minimum
-- 最快报案到支付用时: the shortest time from report to payment of the claims paid in the period, in minutes.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    epoch(paid.occurred_at - claim.reported_at) / 60 as numerator,
    null as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where paid.stage = 'paid'
