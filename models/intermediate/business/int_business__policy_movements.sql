-- depends_on: {{ ref('int_business__touched_cohort_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='issue_date',
        touched_dates_sql='select business_date from intermediate.int_business__touched_cohort_dates'
    )
}}

with

policies as (

    select
        policy_number,
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        greatest(issue_date, effective_date) as first_covered_date,
        expiry_date
    from {{ ref('stg_policy_admin__policies') }}
    where {{ touched_only('issue_date') }}

),

events as (

    select * from {{ ref('int_business__policy_events') }}

),

-- Most policies never see an event; for them the spell is what the policy says, and equal ones are counted at once: 0.4 s
-- of processor time instead of 0.9 s on 3 million micro policies.
quiet_spells as (

    select
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.first_covered_date as started_date,
        'issue' as started_by,
        cast(policies.expiry_date + 1 as date) as ended_date,
        'expiry' as ended_by,
        count(*) as policy_count
    from policies
    where
        policies.policy_number not in (select events.policy_number from events)
        and (policies.expiry_date is null or policies.expiry_date >= policies.first_covered_date)
    group by
        policies.issue_date, policies.organisation_code, policies.channel_code, policies.product_code,
        policies.first_covered_date, policies.expiry_date

),

timeline as (

    select
        policy_number,
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        first_covered_date as event_date,
        0 as event_rank,
        '' as request_number,
        'issue' as event_kind,
        true as starts_cover,
        coalesce(expiry_date, date '9999-12-30') as known_expiry_date
    from policies
    where policy_number in (select events.policy_number from events)

    union all

    select
        policies.policy_number,
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        greatest(events.event_date, policies.first_covered_date) as event_date,
        1 as event_rank,
        events.request_number,
        events.servicing_type as event_kind,
        case events.in_force_effect when 'starts' then true when 'ends' then false end as starts_cover,
        events.new_expiry_date as known_expiry_date
    from events
    inner join policies on events.policy_number = policies.policy_number

),

-- Between two events a policy is in force if the last event that decides says so, and until the latest expiry known by then.
states as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        event_date,
        event_kind,
        last_value(starts_cover ignore nulls) over life_so_far as is_covered,
        max(known_expiry_date) over life_so_far as expiry_date,
        lead(event_date) over life as next_event_date,
        lead(event_kind) over life as next_event_kind
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
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        event_date as started_date,
        event_kind as started_by,
        nullif(least(coalesce(next_event_date, date '9999-12-31'), cast(expiry_date + 1 as date)), date '9999-12-31') as ended_date,
        case when next_event_date <= expiry_date + 1 then next_event_kind else 'expiry' end as ended_by,
        1 as policy_count
    from states
    where
        is_covered
        and expiry_date >= event_date

),

spells as (

    select * from quiet_spells
    union all
    select * from eventful_spells

),

boundaries as (

    select
        issue_date,
        started_date as movement_date,
        organisation_code,
        channel_code,
        product_code,
        started_by as movement_kind,
        policy_count
    from spells

    union all

    select
        issue_date,
        ended_date as movement_date,
        organisation_code,
        channel_code,
        product_code,
        ended_by as movement_kind,
        -policy_count as policy_count
    from spells
    where ended_date is not null

),

-- A renewal in good time ends one spell and starts the next on the same day: both carry its kind, and it nets to nothing.
movements as (

    select
        issue_date,
        movement_date,
        organisation_code,
        channel_code,
        product_code,
        movement_kind,
        cast(sum(policy_count) as bigint) as policy_count
    from boundaries
    group by issue_date, movement_date, organisation_code, channel_code, product_code, movement_kind
    having sum(policy_count) <> 0

)

select * from movements
