-- 索赔支付周期: days from the insured's application to payment, averaged over claims paid in the period that were applied for.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    paid.event_date - applied.event_date as numerator,
    1 as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
inner join raw.claims.claim_stage_event as applied on claim.claim_number = applied.claim_number and applied.stage = 'applied'
where paid.stage = 'paid'
