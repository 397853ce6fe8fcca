-- 理赔服务时效(出险支付): days from the loss to payment, averaged over claims paid in the period.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    date_diff('day', claim.loss_date, paid.event_date) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where paid.stage = 'paid'
