-- 自动核赔率: of all claims closed in the period, those paid with assessment, approval and payment done by the system.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(
        exists (
            select 1 from raw.claims.claim_stage_event as paid
            where paid.claim_number = claim.claim_number and paid.stage = 'paid'
        )
        and not exists (
            select 1 from raw.claims.claim_stage_event as step
            where
                step.claim_number = claim.claim_number and not step.is_automatic
                and step.stage in ('assessed', 'approved', 'rejected', 'paid')
        )
        as integer
    ) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed'
