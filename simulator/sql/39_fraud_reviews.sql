-- The claims system's own score at each stage, who was looked at by a person, and what became of it.
create table world.risk_point as
from (
    values
    (1, 15), (2, 20), (3, 15), (4, 8), (5, 8), (6, 15), (7, 25), (8, 25), (9, 15), (10, 20), (11, 20), (12, 25), (13, 40), (14, 35), (15, 25), (16, 25), (17, 12),
    (18, 8), (19, 8), (20, 15), (21, 25), (22, 40), (23, 35), (24, 30), (25, 20), (26, 30), (27, 6), (28, 20)
) as points(point_number, score);

create table world.fraud_review as
with scored as (
    select
        claim_circumstance.*,
        risk_point.score as planted_score,
        uniform('suspected', claim_id) < case conclusion when 'rejected' then 0.70 when 'partial' then 0.30 else 0.07 end as is_suspected,
        -- About one ordinary claim in nine is suspected; most of the suspicion clears up.
        uniform('confirmed', claim_id) < case conclusion when 'rejected' then 0.80 when 'partial' then 0.50 else 0.15 end as would_be_confirmed
    from world.claim_circumstance
    left join world.risk_point on risk_point.point_number = claim_circumstance.case_number // 100
),

totals as (
    select
        *,
        case
            when case_number is not null then coalesce(planted_score, 0) + whole('risk_base', claim_id, 0, 12)
            when is_suspected then least(30 + floor(-18 * ln(1 - uniform('risk_total', claim_id))), 100)
            else floor(29 * uniform('risk_total', claim_id) ** 1.8)
        end::integer as total_score
    from scored
),

staged as (
    select
        totals.*,
        claim_stage.occurred_at as reviewed_at,
        case claim_stage.stage when 'registered' then 'report' when 'surveyed' then 'survey' when 'assessed' then 'assessment' else 'payment' end as review_stage,
        floor(total_score * case claim_stage.stage when 'registered' then 0.5 when 'surveyed' then 0.7 when 'assessed' then 0.9 else 1.0 end)::integer as stage_score,
        claim_stage.stage in ('approved', 'rejected') as is_last
    from totals
    inner join world.claim_stage on claim_stage.claim_id = totals.claim_id and claim_stage.stage in ('registered', 'surveyed', 'assessed', 'approved', 'rejected')
)

select
    *,
    stage_score >= 30 as is_routed,
    case when stage_score < 30 then 'automatic'
        when not is_last then 'continued'
        when would_be_confirmed then 'fraud_confirmed'
        when stage_score >= 60 then 'investigated_cleared'
        else 'released' end as review_outcome
from staged;

create table delivery.claims__fraud_review as
select
    delivered_monthly(reviewed_at::date) as dt,
    'FV' || claim_number[3:] || case review_stage when 'report' then 1 when 'survey' then 2 when 'assessment' then 3 else 4 end as review_number,
    claim_number,
    review_stage,
    reviewed_at,
    reviewed_at::date as reviewed_date,
    stage_score as risk_score_count,
    is_routed as is_routed_to_person,
    case when is_routed then handler_employee_code end as reviewer_employee_code,
    review_outcome,
    case when review_outcome = 'fraud_confirmed' then if(conclusion = 'rejected', claimed_amount, 0) end::decimal(18, 2) as refused_amount,
    case when review_outcome = 'fraud_confirmed' then if(conclusion = 'partial', claimed_amount - settled_amount, 0) end::decimal(18, 2) as reduced_amount,
    -- What was to be paid in full is paid less or given back: six tenths on average.
    case when review_outcome = 'fraud_confirmed' then if(conclusion in ('full', 'agreed', 'ex_gratia'), round(settled_amount * (0.4 + 0.4 * uniform('recovered', claim_id)), 2), 0) end::decimal(18, 2) as recovered_amount
from world.fraud_review;
