-- 实时支付案件数: claims paid by the system less than 60 minutes after the application, or the report where there is none.
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
where
    paid.stage = 'paid' and paid.is_automatic
    and epoch(paid.occurred_at) - epoch(coalesce(applied.occurred_at, claim.reported_at)) < 3600
