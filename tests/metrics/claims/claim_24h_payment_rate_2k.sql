-- 24小时赔付率(≤2000元): of the claims closed in the period and paid 2,000 yuan or less, those paid within 24 hours of the
-- documents being complete, or of the report where a claim needs no documents.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(
        epoch(paid.occurred_at) - epoch(coalesce(
            (
                select min(complete.occurred_at) from raw.claims.claim_stage_event as complete
                where complete.claim_number = claim.claim_number and complete.stage = 'documents_complete'
            ),
            claim.reported_at
        )) <= 24 * 3600
        as integer
    ) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.claims.claim_stage_event as paid on claim.claim_number = paid.claim_number and paid.stage = 'paid'
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed' and paid.amount <= 2000
