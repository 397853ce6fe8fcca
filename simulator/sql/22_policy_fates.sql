-- What becomes of each policy: free look, surrender, death, premiums that stop, renewals; the first that happens wins.
create table world.fate_draw as
with risks as (
    select
        policy.*,
        -- Hazard of not paying on, per year; 0.12 gives a 13-month persistency of about 85 % together with surrenders.
        0.125 * lapse_factor
        * case branch_code when 'LIFE_BJ' then 0.85 when 'LIFE_SX' then 1.35 when 'LIFE_SH' then 0.90 else 1.05 end
        * case channel_code when 'BANC' then 0.75 when 'BROKER' then 0.90 when 'ONLINE' then 1.40 when 'ONLINE_PLATFORM' then 1.40 else 1.0 end
        * case when kind = 'savings' then 0.92 else 1.08 end
        * case year(issue_date) when 2020 then 1.12 else 1.0 end as lapse_hazard,
        case when is_long_term then 0.036 when archetype = 'MOTOR' then 0.022 else 0.012 end as surrender_hazard,
        case when is_long_term and not is_planted and uniform('free_look', policy_id) < 0.030
            * case channel_code when 'BANC' then 1.15 when 'ONLINE' then 1.4 else 0.9 end
            then issue_date + whole('free_look_day', policy_id, 1, 13)::integer end as free_look_drawn
    from world.policy
    where not is_micro
),

-- A branch where more than a tenth of a month's policies were cancelled would be a case of its own; none is meant here.
ranked as (
    select
        *,
        row_number() over (
            partition by channel_code, organisation_code, date_trunc('month', issue_date), free_look_drawn is null order by policy_id
        ) as free_look_rank,
        count(*) over (partition by channel_code, organisation_code, date_trunc('month', issue_date)) as cohort_policies
    from risks
)

select
    ranked.policy_id,
    ranked.lapse_hazard,
    case when free_look_rank <= 1 + cohort_policies * 0.08 and free_look_drawn <= as_of() then free_look_drawn end as free_look_date,
    case
        when planted_policy.surrender_day is not null then planted_policy.issue_date + planted_policy.surrender_day
        when ranked.is_planted then null
        else ranked.issue_date + least(20 + floor(-ln(1 - uniform('surrender', ranked.policy_id)) / surrender_hazard * 365), 20000)::integer
    end as surrender_drawn,
    case when ranked.is_long_term and not ranked.is_planted then ranked.issue_date + least(
        floor(-ln(1 - uniform('death', policy_id)) / (0.0007 * exp(0.085 * (coalesce(applicant_age, 40) - 40))) * 365), 20000
    )::integer end as death_drawn
from ranked
left join world.planted_policy on planted_policy.planted_number = ranked.planted_number;

-- One row per premium that can fall due up to the as-of day. Cover of one year renews; `term` counts its years from 0.
create table world.premium_due as
with terms as (
    select
        policy.policy_id,
        policy.effective_date,
        policy.issue_date,
        policy.is_long_term,
        policy.archetype,
        policy.months_between,
        policy.payment_term_years,
        policy.premium_amount,
        unnest(range(case when policy.is_long_term or policy.is_micro then 1 else 2 + date_diff('year', policy.effective_date, as_of()) end)) as term
    from world.policy
),

instalments as (
    select
        *,
        unnest(range(case
            when months_between is null then 1
            when is_long_term then payment_term_years * 12 // months_between
            else 12 // months_between end)) as instalment
    from terms
),

due as (
    select
        *,
        12 * term + instalment * coalesce(months_between, 0) as months_after_start,
        (effective_date + to_months((12 * term + instalment * coalesce(months_between, 0))::integer))::date as due_date
    from instalments
)

select
    due.policy_id,
    due.term,
    due.instalment,
    due.months_after_start,
    due.due_date,
    1 + due.months_after_start // 12 as policy_year,
    round(
        due.premium_amount / case when due.months_between is null then 1 else 12 // due.months_between end
        * (case due.archetype when 'MOTOR' then 0.97 when 'HEALTH_MEDICAL' then 1.06 else 1.0 end) ** due.term, 2
    )::decimal(18, 2) as premium_amount,
    due.term > 0 and due.instalment = 0 as is_renewal,
    case
        when due.months_after_start = 0 then true
        when due.term > 0 and due.instalment = 0 then null
        else uniform('lapse', due.policy_id) < exp(-fate_draw.lapse_hazard * (
            least(due.months_after_start, 12) + 0.5 * clamped(due.months_after_start - 12, 0, 12) + 0.3 * greatest(due.months_after_start - 24, 0)
        ) / 12)
    end as goes_on,
    case when due.term > 0 and due.instalment = 0 then uniform('renewal', due.policy_id * 10 + due.term) < case due.archetype
        when 'MOTOR' then 0.76 when 'HEALTH_MEDICAL' then 0.82 else 0.56 end end as renews
from due
left join world.fate_draw on fate_draw.policy_id = due.policy_id
where due.due_date <= as_of() + case when due.term > 0 and due.instalment = 0 then 12 else 0 end or due.months_after_start = 0;

create table world.policy_fate as
with stops as (
    select
        policy_id,
        min(due_date) filter (where goes_on = false) as missed_due_date,
        min(due_date) filter (where renews = false) as not_renewed_date,
        min(term) filter (where renews = false) as first_missing_term
    from world.premium_due
    group by policy_id
),

raced as (
    select
        policy.policy_id,
        policy.is_long_term,
        policy.expiry_date,
        fate_draw.free_look_date,
        stops.first_missing_term,
        stops.not_renewed_date,
        stops.missed_due_date,
        least(
            coalesce(stops.missed_due_date, date '9999-01-01'), coalesce(fate_draw.free_look_date, date '9999-01-01'),
            coalesce(fate_draw.surrender_drawn, date '9999-01-01'), coalesce(fate_draw.death_drawn, date '9999-01-01'),
            coalesce(stops.not_renewed_date, date '9999-01-01')
        ) as first_stop,
        fate_draw.surrender_drawn,
        fate_draw.death_drawn
    from world.policy
    left join stops on stops.policy_id = policy.policy_id
    left join world.fate_draw on fate_draw.policy_id = policy.policy_id
)

select
    policy_id,
    case when free_look_date = first_stop then free_look_date end as free_look_date,
    case when surrender_drawn = first_stop and surrender_drawn <= as_of() and (free_look_date is null or free_look_date > surrender_drawn)
        then surrender_drawn end as surrender_date,
    case when death_drawn = first_stop and surrender_drawn > death_drawn and death_drawn <= as_of() then death_drawn end as death_date,
    case when missed_due_date = first_stop and surrender_drawn > missed_due_date then missed_due_date end as missed_due_date,
    case when missed_due_date = first_stop and surrender_drawn > missed_due_date
        and missed_due_date + 60 <= as_of() then missed_due_date + 60 end as lapse_date,
    case when missed_due_date = first_stop and is_long_term and surrender_drawn > missed_due_date and uniform('reinstated', policy_id) < 0.09
        and missed_due_date + 60 + whole('reinstated_day', policy_id, 4, 90) <= as_of()
        then missed_due_date + 60 + whole('reinstated_day', policy_id, 4, 90)::integer end as reinstated_date,
    first_stop,
    first_missing_term
from raced;
