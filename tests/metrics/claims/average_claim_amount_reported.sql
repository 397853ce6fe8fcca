-- 案均赔款(已报告): amounts claimed over the claims reported in the period that name an amount.
select
    claim.reported_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    claim.claimed_amount as numerator,
    1 as denominator
from raw.claims.claim as claim
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where claim.claimed_amount is not null
