-- 理赔服务时效(申请支付): days from application to payment, averaged over claims paid in the period; those refused or withdrawn are
-- not paid, and those without an application have nothing to measure from.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    date_diff('day', applied.event_date, paid.event_date) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim_stage_event as applied on paid.claim_number = applied.claim_number and applied.stage = 'applied'
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where paid.stage = 'paid'
