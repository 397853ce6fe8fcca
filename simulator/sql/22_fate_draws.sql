-- When each policy would be cancelled in its free-look period, surrendered or ended by death, and how likely its premiums stop.
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
