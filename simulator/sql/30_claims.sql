-- Claims by frequency and severity with a lag of report; scenario covers claim by themselves when their event happens. How fast
-- they are paid comes next.
create table world.claim_draft as
with exposures as (
    select
        policy.*,
        least(cover.end_date, as_of()) as last_date,
        policy_fate.death_date,
        scenario_trigger.policy_id is not null as is_triggered,
        scenario_trigger.loss_at as triggered_at,
        scenario_trigger.reported_at as trigger_reported_at,
        scenario_trigger.claimed_amount as trigger_amount,
        scenario_trigger.pay_hours as trigger_pay_hours,
        case
            when policy_fate.death_date is not null then 'death'
            when scenario_trigger.policy_id is not null then policy.product_line
            when policy.is_micro or policy.product_line in ('life', 'annuity', 'broken_screen') then null
            when policy.product_line = 'health' and policy.is_long_term then 'critical_illness'
            when policy.product_line = 'health' then 'medical'
            when policy.product_line = 'accident' then 'accident'
            when policy.product_line = 'motor' then 'motor_damage'
            -- Guarantees are claimed by the lender; loans and accounts are no insurance.
            when policy.product_line similar to '.*(credit|guarantee|loan|account).*' then null
            else 'property_damage'
        end as peril
    from world.policy
    inner join world.cover on cover.policy_id = policy.policy_id
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    left join world.scenario_trigger on scenario_trigger.policy_id = policy.policy_id
    where policy.effective_date <= as_of() and policy_fate.free_look_date is null
),

-- Motor claims fall into one term of cover each, others anywhere in it.
terms as (
    select *, unnest(if(peril = 'motor_damage', range(1 + greatest(date_sub('year', effective_date, last_date), 0)), [0])) as term from exposures
),

spans as (
    select
        * replace (if(peril = 'motor_damage', least(last_date, (effective_date + to_years(term::integer + 1) - interval 1 day)::date), last_date) as last_date),
        (effective_date + to_years(term::integer))::date as first_date,
        date_diff('day', effective_date, last_date) / 365.25 as years
    from terms
),

counted as (
    select
        *,
        case
            when peril = 'death' or is_triggered then 1
            when is_planted or years <= 0 or peril is null then 0
            when peril = 'motor_damage' then motor_claims(policy_id, term, first_date, last_date)
            else event_count(uniform('claims', policy_id), years * case peril
                when 'medical' then 0.12 when 'accident' then 0.035 when 'critical_illness' then 0.006 else 0.03 end)
        end as claims
    from spans
),

losses as (
    select
        *,
        row_number() over (partition by policy_id order by term, occurrence_in_term) - 1 as occurrence,
        (term * 100000000 + policy_id) * 5 + occurrence_in_term as claim_id
    from (select *, unnest(range(claims)) as occurrence_in_term from counted)
),

dated as (
    select
        * exclude (claims, term, occurrence_in_term, first_date, last_date, years),
        case
            when peril = 'death' then death_date
            when is_triggered then triggered_at::date
            else first_date + floor(uniform('loss_day', claim_id) * (1 + date_diff('day', first_date, last_date) / 365.25 * 365.2))::integer
        end as loss_date,
        null::integer as case_number,
        null::integer as planted_lag_hours,
        null::double as planted_amount
    from losses
    union all by name
    select
        exposures.* exclude (last_date),
        fraud_claim.member as occurrence,
        fraud_claim.claim_id,
        fraud_claim.loss_date,
        fraud_claim.case_number,
        fraud_claim.lag_hours as planted_lag_hours,
        fraud_claim.claimed_amount as planted_amount
    from world.fraud_claim
    inner join exposures on exposures.policy_id = fraud_claim.policy_id
),

typed as (
    select
        * exclude (peril),
        case when peril = 'motor_damage' and case_number is null and uniform('injury', claim_id) < 0.07 or case_number = 105 then 'motor_injury' else peril end as claim_type,
        loss_date + case
            when is_triggered then (trigger_reported_at::date - triggered_at::date)::integer
            when peril = 'motor_damage' then floor(4 * uniform('report_lag', claim_id) ** 3)::integer
            when peril = 'medical' then least(floor(lognormal('report_lag', claim_id, 24, 0.8)), 300)::integer
            when peril = 'accident' then least(floor(lognormal('report_lag', claim_id, 9, 0.9)), 200)::integer
            when peril = 'property_damage' then least(floor(lognormal('report_lag', claim_id, 2, 0.9)), 60)::integer
            else least(floor(lognormal('report_lag', claim_id, 16, 0.8)), 200)::integer end as drawn_reported_date
    from dated
),

-- Planted accidents happen at three in the afternoon but for those of rule FR01; case 1303 lies before the hour of issue.
placed as (
    select
        *,
        day_start(loss_date) + case case_number
            when 101 then interval 1410 minute when 102 then interval 22 hour when 103 then interval 6 hour when 104 then interval 23 hour when 105 then interval 23 hour
            when 1303 then interval 9 hour when 9001 then interval 608 minute when 9002 then interval 965 minute else interval 15 hour end as planted_at,
        coalesce(trigger_reported_at, day_start(drawn_reported_date) + to_seconds(
            (27000 + floor(27000 * (uniform('report_time', claim_id) + uniform('report_time_2', claim_id))))::bigint
        )) as drawn_reported_at
    from typed
),

timed as (
    select
        *,
        case when case_number is null then drawn_reported_at else planted_at + to_hours(planted_lag_hours) end as reported_at,
        -- Reported the same day: within the hour by the median. Otherwise any hour, less often at night.
        case
            when case_number is not null then planted_at
            when is_triggered then triggered_at
            when drawn_reported_date = loss_date then greatest(day_start(loss_date), drawn_reported_at - to_seconds(lognormal('told_after', claim_id, 2400, 1.0)::bigint))
            when uniform('night', claim_id) < 0.12 then day_start(loss_date) + to_seconds((79200 + floor(7000 * uniform('accident_time', claim_id)))::bigint)
            else day_start(loss_date) + to_seconds((21600 + floor(57000 * uniform('accident_time', claim_id)))::bigint)
        end as accident_at
    from placed
),

sized as (
    select
        *,
        reported_at::date as reported_date,
        round(case
            when case_number is not null then planted_amount
            when is_triggered then trigger_amount
            when claim_type in ('death', 'critical_illness') then sum_insured_amount
            when claim_type = 'motor_injury' then clamped(lognormal('severity', claim_id, 26000, 0.9), 1500, 500000)
            when claim_type = 'motor_damage' then clamped(lognormal('severity', claim_id, 2350, 0.85), 200, 150000)
            when claim_type = 'medical' then clamped(lognormal('severity', claim_id, 2800, 0.95), 150, 400000)
            else clamped(lognormal('severity', claim_id, 2600, 1.0), 100, coalesce(sum_insured_amount, 100000)) end, 2)::decimal(18, 2) as claimed_amount,
        uniform('outcome', claim_id) as outcome_draw
    from timed
    where reported_at < as_of() + interval 1 day and loss_date <= as_of()
),

concluded as (
    select
        *,
        case
            when is_triggered or case_number is not null then 'full'
            when outcome_draw < 0.012 then 'rejected'
            when outcome_draw < 0.020 then 'withdrawn'
            when outcome_draw < 0.025 then 'zero'
            when outcome_draw < 0.032 then 'ex_gratia'
            when outcome_draw < 0.045 then 'agreed'
            when outcome_draw < 0.22 and claim_type <> 'death' then 'partial'
            else 'full'
        end as conclusion
    from sized
)

select
    claim_id,
    case_number,
    occurrence,
    policy_id,
    policy_number,
    customer_id,
    person_id,
    organisation_code,
    company_code,
    product_code,
    product_line,
    is_micro,
    is_triggered,
    trigger_pay_hours,
    issued_at,
    effective_date,
    loss_date,
    accident_at,
    reported_at,
    reported_date,
    claim_type,
    claim_type in ('motor_injury', 'accident', 'death') as is_injury,
    claimed_amount,
    case when is_micro then 'automatic' when claim_type like 'motor%' then chosen('report_method', claim_id, ['phone', 'phone', 'app', 'wechat'])
        else chosen('report_method', claim_id, ['app', 'wechat', 'wechat', 'phone', 'counter']) end as report_method,
    conclusion,
    round(claimed_amount * case conclusion when 'partial' then 0.45 + 0.5 * uniform('paid_share', claim_id) when 'agreed' then 0.6
        when 'ex_gratia' then 0.3 when 'full' then 1 else 0 end, 2)::decimal(18, 2) as settled_amount
from concluded;
