-- What becomes of each policy: free look, surrender, death, premiums that stop, renewals; the first that happens wins.

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
        when planted_policy.second_premium is not null then planted_policy.second_premium <> 'missed'
        else uniform('lapse', due.policy_id) < exp(-fate_draw.lapse_hazard * (
            least(due.months_after_start, 12) + 0.5 * clamped(due.months_after_start - 12, 0, 12) + 0.3 * greatest(due.months_after_start - 24, 0)
        ) / 12)
    end as goes_on,
    case
        when due.term = 0 or due.instalment > 0 then null
        when due.archetype = 'MOTOR' then motor_renewal.renews
        else uniform('renewal', due.policy_id * 10 + due.term) < case due.archetype when 'HEALTH_MEDICAL' then 0.82 else 0.56 end
    end as renews
from due
left join world.fate_draw on fate_draw.policy_id = due.policy_id
left join world.planted_policy on planted_policy.planted_number = due.policy_id - 90000000
left join world.motor_renewal on motor_renewal.policy_id = due.policy_id and motor_renewal.term = due.term
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
    case when missed_due_date = first_stop and coalesce(surrender_drawn > missed_due_date, true) then missed_due_date end as missed_due_date,
    case when missed_due_date = first_stop and coalesce(surrender_drawn > missed_due_date, true)
        and missed_due_date + 60 <= as_of() then missed_due_date + 60 end as lapse_date,
    case when missed_due_date = first_stop and is_long_term and coalesce(surrender_drawn > missed_due_date, true) and uniform('reinstated', policy_id) < 0.09
        and missed_due_date + 60 + whole('reinstated_day', policy_id, 4, 90) <= as_of()
        then missed_due_date + 60 + whole('reinstated_day', policy_id, 4, 90)::integer end as reinstated_date,
    first_stop,
    first_missing_term
from raced;
