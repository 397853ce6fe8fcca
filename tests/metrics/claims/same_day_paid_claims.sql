-- 当天支付案件数: claims paid on the day they were applied for, or reported where there is no application.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    1 as numerator,
    null as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
left join raw.claims.claim_stage_event as applied on claim.claim_number = applied.claim_number and applied.stage = 'applied'
where paid.stage = 'paid' and paid.event_date = coalesce(applied.event_date, claim.reported_date)
