-- 自助理赔率: of all claims closed in the period, those the customer started in the app or WeChat, where the system took every step
-- of the insurer (what the insured does is none) and no fraud review needed a person.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(
        claim.report_method in ('app', 'wechat')
        and not exists (
            select 1 from raw.claims.claim_stage_event as step
            where
                step.claim_number = claim.claim_number and not step.is_automatic
                and step.stage not in ('applied', 'documents_complete', 'withdrawn')
        )
        and not exists (
            select 1 from raw.claims.fraud_review as review
            where review.claim_number = claim.claim_number and review.is_routed_to_person
        )
        as integer
    ) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where closing.stage = 'closed'
