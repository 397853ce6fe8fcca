-- 服务评价得分: points of the indicators of a company and year, on the straight lines and with the weights of the seed; indicators
-- without a value weigh nothing; bonus and deduction added. The group is the mean of its companies.
with claims as (
    select
        policy.organisation_code,
        claim.reported_date,
        min(event.event_date) filter (where event.stage = 'registered') as registered_date,
        min(event.event_date) filter (where event.stage = 'paid') as paid_date,
        max(event.event_date) filter (where event.stage = 'closed') as closed_date,
        arg_max(event.conclusion, event.occurred_at) filter (where event.stage = 'closed') as conclusion
    from raw.claims.claim as claim
    inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
    inner join raw.claims.claim_stage_event as event on claim.claim_number = event.claim_number
    group by claim.claim_number, policy.organisation_code, claim.reported_date
),

parts as (
    select
        'call_answer_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.call_answer_rate
    where grain = 'year'
    union all
    select
        'policy_delivery_15d_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.policy_delivery_15d_rate
    where grain = 'year'
    union all
    select
        'free_look_callback_success_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.free_look_callback_success_rate
    where grain = 'year'
    union all
    select
        'claim_service_days' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.application_to_payment_days
    where grain = 'year'
    union all
    select
        'claim_payout_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.claim_payout_rate
    where grain = 'year'
    union all
    select
        'policy_servicing_days' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.policy_servicing_days
    where grain = 'year'
    union all
    select
        'complaint_index' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.complaint_index
    where grain = 'year'
    union all
    select
        'complaint_on_time_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.complaint_on_time_rate
    where grain = 'year'
    union all
    select
        'agent_satisfaction_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.agent_satisfaction_rate
    where grain = 'year'
    union all
    select
        'inquiry_dispute_handling_rate' as indicator,
        period_start_date as year_start,
        organisation_code,
        numerator,
        denominator
    from checked.inquiry_dispute_handling_rate
    where grain = 'year'
    union all
    select
        'report_to_payment_days' as indicator,
        date_trunc('year', paid_date) as year_start,
        organisation_code,
        paid_date - reported_date as numerator,
        1 as denominator
    from claims
    where paid_date is not null
    union all
    select
        'claim_case_closing_rate' as indicator,
        date_trunc('year', registered_date) as year_start,
        organisation_code,
        cast(coalesce(year(closed_date) = year(registered_date), false) as integer) as numerator,
        1 as denominator
    from claims
    where registered_date is not null and (conclusion is null or conclusion not in ('zero', 'withdrawn'))
),

indicators as (
    select
        tree.company_code,
        parts.year_start,
        parts.indicator,
        sum(parts.numerator) / nullif(sum(parts.denominator), 0) as indicator_value
    from parts
    inner join organisation_tree as tree on parts.organisation_code = tree.organisation_code
    group by all
),

scores as (
    select
        indicators.company_code,
        indicators.year_start,
        sum(curve.weight_ratio * 100 * case
            when (curve.full_points_value > curve.zero_points_value) = (indicators.indicator_value >= curve.full_points_value)
                or indicators.indicator_value = curve.full_points_value then 1
            when (curve.full_points_value > curve.zero_points_value) = (indicators.indicator_value <= curve.zero_points_value) then 0
            else (indicators.indicator_value - curve.zero_points_value) / (curve.full_points_value - curve.zero_points_value)
        end) / sum(curve.weight_ratio) as score
    from indicators
    inner join latest.organisation as company on indicators.company_code = company.organisation_code
    inner join seeds.service_evaluation_indicators as curve
        on company.company_type = curve.company_type and indicators.indicator = curve.indicator_code
    where indicators.indicator_value is not null
    group by all
)

select
    'year' as grain,
    cast(scores.year_start as date) as period_start_date,
    scores.company_code as organisation_code,
    null as channel_code,
    null as product_code,
    scores.score + coalesce((
        select sum(adjustment.points) from seeds.service_evaluation_adjustments as adjustment
        where adjustment.organisation_code = scores.company_code and adjustment.evaluation_year = year(scores.year_start)
    ), 0) as numerator,
    1 as denominator
from scores
