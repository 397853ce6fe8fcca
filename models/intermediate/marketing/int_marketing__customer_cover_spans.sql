with

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}

),

events as (

    select * from {{ ref('int_business__policy_events') }}

),

timeline as (

    select
        policy_number,
        customer_key,
        greatest(issue_date, effective_date) as event_date,
        0 as event_rank,
        '' as request_number,
        true as starts_cover,
        coalesce(expiry_date, date '9999-12-30') as known_expiry_date
    from policies

    union all

    select
        policies.policy_number,
        policies.customer_key,
        greatest(events.event_date, policies.issue_date, policies.effective_date) as event_date,
        1 as event_rank,
        events.request_number,
        case events.in_force_effect when 'starts' then true when 'ends' then false end as starts_cover,
        events.new_expiry_date as known_expiry_date
    from events
    inner join policies on events.policy_number = policies.policy_number

),

states as (

    select
        customer_key,
        event_date,
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

boundaries as (

    select
        customer_key,
        event_date as boundary_date,
        1 as cover_count
    from states
    where is_covered and expiry_date >= event_date

    union all

    select
        customer_key,
        least(coalesce(next_event_date, date '9999-12-31'), cast(expiry_date + 1 as date)) as boundary_date,
        -1 as cover_count
    from states
    where is_covered and expiry_date >= event_date

),

levels as (

    select
        customer_key,
        boundary_date,
        sum(sum(cover_count)) over (partition by customer_key order by boundary_date) as cover_count
    from boundaries
    group by customer_key, boundary_date

),

changes as (

    select
        customer_key,
        boundary_date,
        cover_count,
        lag(cover_count, 1, 0) over (partition by customer_key order by boundary_date) as cover_count_before
    from levels

),

-- Of the days on which the number of covers changes, those on which the first begins and the last ends.
turns as (

    select
        customer_key,
        boundary_date as started_date,
        cover_count,
        lead(boundary_date) over (partition by customer_key order by boundary_date) as next_turn_date
    from changes
    where (cover_count = 0) <> (cover_count_before = 0)

),

spans as (

    select
        customer_key,
        started_date,
        nullif(next_turn_date, date '9999-12-31') as ended_date
    from turns
    where cover_count > 0

)

select * from spans
