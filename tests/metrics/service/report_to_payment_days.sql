-- 案均报案支付周期: days from report to payment, averaged over claims of property companies paid in the period; zero closings left out.
select
    paid.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    date_diff('day', claim.reported_date, paid.event_date) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as paid
inner join raw.claims.claim as claim on paid.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
inner join latest.organisation as organisation on policy.organisation_code = organisation.organisation_code
where
    paid.stage = 'paid' and organisation.company_type = 'property'
    and not exists (
        select 1 from raw.claims.claim_stage_event as closing
        where closing.claim_number = claim.claim_number and closing.stage = 'closed' and closing.conclusion = 'zero'
    )
