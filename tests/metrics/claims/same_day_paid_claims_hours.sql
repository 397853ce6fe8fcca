-- 当天支付平均用时: hours from submission to payment of the claims paid on the day they were applied for, or reported where there is
-- no application.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    epoch(paid.occurred_at - coalesce(applied.occurred_at, claim.reported_at)) / 3600 as numerator,
    1 as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
left join raw.claims.claim_stage_event as applied on claim.claim_number = applied.claim_number and applied.stage = 'applied'
where paid.stage = 'paid' and paid.event_date = coalesce(applied.event_date, claim.reported_date)
