-- 反欺诈人工介入率: of the claims scored for fraud, on the day of the first score, those routed to a person at any stage.
with reviewed as (
    select
        claim_number,
        min(reviewed_date) as business_date,
        max(cast(is_routed_to_person as integer)) as is_routed
    from raw.claims.fraud_review
    group by claim_number
)

select
    reviewed.business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    reviewed.is_routed as numerator,
    1 as denominator
from reviewed
inner join raw.claims.claim as claim on reviewed.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
