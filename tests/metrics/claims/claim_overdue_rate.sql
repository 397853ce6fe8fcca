-- 理赔超期率: of the claims reported in the period, those determined more than 30 days after the documents were complete, paid more
-- than 10 days after the agreement, or refused without telling within 3 days; what is not done yet is late once its limit has passed.
with facts as (
    select
        claim.*,
        (select min(n.documents_complete_date) from raw.claims.claim_notice as n where n.claim_number = claim.claim_number) as told_complete,
        (
            select min(n.decided_date) from raw.claims.claim_notice as n
            where n.claim_number = claim.claim_number and n.notice_kind in ('determination', 'rejection')
        ) as told_decision,
        (
            select min(n.decided_date) from raw.claims.claim_notice as n
            where n.claim_number = claim.claim_number and n.notice_kind = 'payment_agreement'
        ) as agreed,
        (
            select min(n.decided_date) from raw.claims.claim_notice as n
            where n.claim_number = claim.claim_number and n.notice_kind = 'rejection'
        ) as refused,
        (
            select min(n.sent_date) from raw.claims.claim_notice as n
            where n.claim_number = claim.claim_number and n.notice_kind = 'rejection'
        ) as refusal_told,
        (
            select min(e.event_date) from raw.claims.claim_stage_event as e
            where e.claim_number = claim.claim_number and e.stage = 'documents_complete'
        ) as complete,
        (
            select min(e.event_date) from raw.claims.claim_stage_event as e
            where e.claim_number = claim.claim_number and e.stage in ('approved', 'rejected', 'paid', 'closed')
        ) as decision,
        (
            select min(e.event_date) from raw.claims.claim_stage_event as e
            where e.claim_number = claim.claim_number and e.stage = 'paid'
        ) as paid,
        (
            select min(e.event_date) from raw.claims.claim_stage_event as e
            where e.claim_number = claim.claim_number and e.stage = 'rejected'
        ) as rejected
    from raw.claims.claim as claim
)

select
    claim.reported_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(
        coalesce(coalesce(told_decision, decision, as_of_date) > coalesce(told_complete, complete) + 30, false)
        or coalesce(coalesce(paid, as_of_date) > agreed + 10, false)
        or coalesce(coalesce(refusal_told, as_of_date) > coalesce(refused, rejected) + 3, false)
        as integer
    ) as numerator,
    1 as denominator
from facts as claim
cross join as_of
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
