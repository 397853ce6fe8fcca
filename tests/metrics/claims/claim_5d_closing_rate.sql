-- 5日结案率(索赔支付): of the claims closed in the period with payment and applied for, those paid at most 5 calendar days later.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(paid.event_date - applied.event_date <= 5 as integer) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.claims.claim_stage_event as paid on claim.claim_number = paid.claim_number and paid.stage = 'paid'
inner join raw.claims.claim_stage_event as applied on claim.claim_number = applied.claim_number and applied.stage = 'applied'
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed' and closing.conclusion in ('full', 'partial', 'ex_gratia', 'agreed')
