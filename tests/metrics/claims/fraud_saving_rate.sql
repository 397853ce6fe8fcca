-- 欺诈减损率: refused, reduced and recovered amounts of fraud confirmed in the period, over payments of the period.
select
    review.reviewed_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(review.refused_amount, 0) + coalesce(review.reduced_amount, 0) + coalesce(review.recovered_amount, 0) as numerator,
    0 as denominator
from raw.claims.fraud_review as review
inner join raw.claims.claim as claim on review.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where review.review_outcome = 'fraud_confirmed'
union all
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    0 as numerator,
    paid.amount as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where paid.stage = 'paid'
