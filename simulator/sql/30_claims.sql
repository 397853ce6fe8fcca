-- Claims by frequency and severity with a lag of report; scenario covers claim by themselves when their event happens.
create table world.claim as
with exposures as (
    select
        policy.*,
        cover.end_date,
        date_diff('day', policy.effective_date, least(cover.end_date, as_of())) / 365.25 as years,
        policy_fate.death_date,
        scenario_trigger.policy_id is not null as is_triggered,
        scenario_trigger.loss_at as triggered_at,
        scenario_trigger.reported_at as trigger_reported_at,
        scenario_trigger.claimed_amount as trigger_amount,
        scenario_trigger.pay_hours as trigger_pay_hours
    from world.policy
    inner join world.cover on cover.policy_id = policy.policy_id
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    left join world.scenario_trigger on scenario_trigger.policy_id = policy.policy_id
    where policy.effective_date <= as_of() and policy_fate.free_look_date is null
),

counted as (
    select
        *,
        case
            when death_date is not null then 1
            when is_triggered then 1
            when is_planted or years <= 0 then 0
            else event_count(uniform('claims', policy_id), years * case product_code
                when 'MOTOR' then 0.46 when 'HEALTH_MEDICAL' then 0.12 when 'ACCIDENT_YEAR' then 0.035 when 'HEALTH_CRITICAL' then 0.006 else 0 end)
        end as claims
    from exposures
),

losses as (
    select *, unnest(range(claims)) as occurrence, policy_id * 5 + unnest(range(claims)) as claim_id from counted
),

dated as (
    select
        *,
        case
            when death_date is not null then death_date
            when is_triggered then triggered_at::date
            else effective_date + floor(uniform('loss_day', claim_id) * (1 + years * 365.2))::integer
        end as loss_date,
        product_code = 'MOTOR' and uniform('injury', claim_id) < 0.07 as motor_injury
    from losses
),

reported as (
    select
        *,
        loss_date + case
            when is_triggered then (trigger_reported_at::date - triggered_at::date)::integer
            when product_code = 'MOTOR' then floor(4 * uniform('report_lag', claim_id) ** 3)::integer
            when product_code = 'HEALTH_MEDICAL' then least(floor(lognormal('report_lag', claim_id, 24, 0.8)), 300)::integer
            when product_code = 'ACCIDENT_YEAR' then least(floor(lognormal('report_lag', claim_id, 9, 0.9)), 200)::integer
            else least(floor(lognormal('report_lag', claim_id, 16, 0.8)), 200)::integer end as reported_date
    from dated
),

sized as (
    select
        *,
        case
            when death_date is not null then 'death'
            when is_triggered then product_line
            when product_code = 'HEALTH_CRITICAL' then 'critical_illness'
            when product_code = 'HEALTH_MEDICAL' then 'medical'
            when product_code = 'ACCIDENT_YEAR' then 'accident'
            when motor_injury then 'motor_injury'
            else 'motor_damage'
        end as claim_type,
        round(case
            when death_date is not null or product_code = 'HEALTH_CRITICAL' then sum_insured_amount
            when is_triggered then trigger_amount
            when motor_injury then clamped(lognormal('severity', claim_id, 26000, 0.9), 1500, 500000)
            when product_code = 'MOTOR' then clamped(lognormal('severity', claim_id, 2350, 0.85), 200, 150000)
            when product_code = 'HEALTH_MEDICAL' then clamped(lognormal('severity', claim_id, 2800, 0.95), 150, 400000)
            else clamped(lognormal('severity', claim_id, 2600, 1.0), 100, sum_insured_amount) end, 2)::decimal(18, 2) as claimed_amount,
        coalesce(trigger_reported_at, day_start(reported_date)
            + to_seconds((27000 + floor(27000 * (uniform('report_time', claim_id) + uniform('report_time_2', claim_id))))::bigint)) as reported_at,
        uniform('outcome', claim_id) as outcome_draw
    from reported
    where reported_date <= as_of() and loss_date <= as_of()
),

timed as (
    select
        *,
        -- Hours from report to payment. The share of small motor claims paid in a day rises to 43 % in the last year.
        case
            when is_triggered then coalesce(trigger_pay_hours, clamped(lognormal('pay_time', claim_id, 0.16, 0.75), 0.045, 30))
            when claim_type = 'motor_damage' and claimed_amount < 5000 and uniform('fast', claim_id)
                < case year(reported_date) when 2020 then 0.28 when 2021 then 0.34 else 0.44 end then 0.6 + 22.5 * uniform('pay_time', claim_id)
            when claim_type = 'motor_damage' and claimed_amount < 5000 then 25 + lognormal('pay_time', claim_id, 110, 0.7)
            when claim_type = 'motor_damage' then 30 + lognormal('pay_time', claim_id, 290, 0.6)
            when claim_type = 'motor_injury' then 24 * lognormal('pay_time', claim_id, 48, 0.6)
            when claim_type in ('medical', 'accident') then 24 * lognormal('pay_time', claim_id, 7.5, 0.75) * case year(reported_date) when 2020 then 1.5 when 2021 then 1.3 else 1 end
            else 24 * lognormal('pay_time', claim_id, 14, 0.6)
        end as pay_hours,
        case
            when is_triggered then 'full'
            when outcome_draw < 0.012 then 'rejected'
            when outcome_draw < 0.020 then 'withdrawn'
            when outcome_draw < 0.025 then 'zero'
            when outcome_draw < 0.032 then 'ex_gratia'
            when outcome_draw < 0.045 then 'agreed'
            when outcome_draw < 0.22 and death_date is null then 'partial'
            else 'full'
        end as conclusion
    from sized
)

select
    'CL' || strftime(reported_date, '%Y%m%d') || lpad(((claim_id * 7368787 + 31) % 10000000000)::varchar, 10, '0') as claim_number,
    claim_id,
    policy_id,
    policy_number,
    customer_id,
    organisation_code,
    product_code,
    is_micro,
    loss_date,
    reported_at,
    reported_date,
    claim_type,
    claim_type in ('motor_injury', 'accident', 'death') as is_injury,
    claimed_amount,
    case when is_micro then 'automatic' else chosen('report_method', claim_id, case
        when product_code = 'MOTOR' then ['phone', 'phone', 'app', 'wechat'] else ['app', 'wechat', 'wechat', 'phone', 'counter'] end) end as report_method,
    pay_hours,
    conclusion,
    round(claimed_amount * case conclusion when 'partial' then 0.45 + 0.5 * uniform('paid_share', claim_id) when 'agreed' then 0.6
        when 'ex_gratia' then 0.3 when 'full' then 1 else 0 end, 2)::decimal(18, 2) as settled_amount
from timed;

create table delivery.claims__claim as
select
    delivered_on(reported_date) as dt, claim_number, policy_number, loss_date, reported_at, reported_date, claim_type, is_injury,
    claimed_amount, report_method
from world.claim;

-- Stages as fractions of the time to payment; small and automatic claims skip the survey.
create table world.claim_stage as
with paths as (
    select
        *,
        case
            when conclusion = 'withdrawn' then ['registered', 'applied', 'withdrawn', 'closed']
            when conclusion = 'rejected' then ['registered', 'applied', 'documents_complete', 'assessed', 'rejected', 'closed']
            when conclusion = 'zero' then ['registered', 'applied', 'documents_complete', 'assessed', 'approved', 'closed']
            when is_micro then ['registered', 'applied', 'approved', 'paid', 'closed']
            when claim_type in ('motor_damage', 'motor_injury') and claimed_amount >= 2000
                then ['registered', 'applied', 'surveyed', 'documents_complete', 'assessed', 'approved', 'paid', 'closed']
            else ['registered', 'applied', 'documents_complete', 'assessed', 'approved', 'paid', 'closed']
        end as stages,
        claim_type like 'motor%' as is_motor
    from world.claim
),

steps as (
    select *, unnest(range(1, len(stages) + 1)) as step from paths
),

named as (
    select *, stages[step] as stage, claim_id * 10 + step as event_id from steps
),

timed as (
    select
        *,
        reported_at + to_seconds(floor(3600 * pay_hours * case stage
            when 'registered' then 0.002
            when 'applied' then case when is_motor or is_micro then 0.02 else 0.18 end
            when 'surveyed' then 0.12 + 0.10 * uniform('stage', event_id)
            when 'documents_complete' then 0.30 + 0.15 * uniform('stage', event_id)
            when 'assessed' then 0.55 + 0.15 * uniform('stage', event_id)
            when 'approved' then case when conclusion = 'zero' then 1.0 else 0.80 + 0.15 * uniform('stage', event_id) end
            when 'closed' then 1.0 + 0.04 * uniform('stage', event_id)
            else 1.0 end)::bigint + case when stage = 'closed' then 20 else step end) as occurred_at
    from named
)

select
    'V' || claim_number[3:] || lpad(step::varchar, 2, '0') as event_number,
    claim_id,
    claim_number,
    policy_id,
    policy_number,
    claim_type,
    stage,
    occurred_at,
    occurred_at::date as event_date,
    case when stage in ('assessed', 'approved', 'paid') then settled_amount end as amount,
    case when stage = 'closed' then conclusion end as conclusion,
    is_micro or (stage in ('registered', 'assessed') and claimed_amount < 3000 and uniform('automatic', event_id) < 0.35) as is_automatic
from timed
where occurred_at::date <= as_of();

create table delivery.claims__claim_stage_event as
select
    delivered_on(event_date) as dt, event_number, claim_number, stage, occurred_at, event_date, amount, conclusion, is_automatic
from world.claim_stage;
