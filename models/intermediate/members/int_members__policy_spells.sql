with

policies as (

    select
        policy_number,
        greatest(issue_date, effective_date) as first_covered_date,
        expiry_date
    from {{ ref('stg_policy_admin__policies') }}

),

events as (

    select * from {{ ref('int_business__policy_events') }}

),

quiet_spells as (

    select
        policies.policy_number,
        policies.first_covered_date as started_date,
        cast(policies.expiry_date + 1 as date) as ended_date
    from policies
    where
        policies.policy_number not in (select events.policy_number from events)
        and (policies.expiry_date is null or policies.expiry_date >= policies.first_covered_date)

),

timeline as (

    select
        policy_number,
        first_covered_date as event_date,
        0 as event_rank,
        '' as request_number,
        true as starts_cover,
        coalesce(expiry_date, date '9999-12-30') as known_expiry_date
    from policies
    where policy_number in (select events.policy_number from events)

    union all

    select
        policies.policy_number,
        greatest(events.event_date, policies.first_covered_date) as event_date,
        1 as event_rank,
        events.request_number,
        case events.in_force_effect when 'starts' then true when 'ends' then false end as starts_cover,
        events.new_expiry_date as known_expiry_date
    from events
    inner join policies on events.policy_number = policies.policy_number

),

-- The rule of int_business__policy_movements, policy by policy; a data test compares the two.
states as (

    select
        policy_number,
        event_date as started_date,
        last_value(starts_cover ignore nulls) over life_so_far as is_covered,
        max(known_expiry_date) over life_so_far as expiry_date,
        lead(event_date) over life as next_event_date
    from timeline
    window
        life as (partition by policy_number order by event_date, event_rank, request_number),
        life_so_far as (
            partition by policy_number order by event_date, event_rank, request_number
            rows between unbounded preceding and current row
        )

),

eventful_spells as (

    select
        policy_number,
        started_date,
        nullif(
            least(coalesce(next_event_date, date '9999-12-31'), cast(expiry_date + 1 as date)), date '9999-12-31'
        ) as ended_date
    from states
    where
        is_covered
        and expiry_date >= started_date

),

spells as (

    select * from quiet_spells
    union all
    select * from eventful_spells
    where ended_date is null or ended_date > started_date

)

select * from spells
