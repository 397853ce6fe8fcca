-- depends_on: {{ ref('int_contact_centre__touched_contact_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='contact_date',
    touched_dates_sql='select business_date from intermediate.int_contact_centre__touched_contact_dates'
) }}

with

contacts as (

    select * from {{ ref('stg_contact_centre__contacts') }}
    where {{ touched_only('contact_date') }}

),

-- What a visit needs lies on the day it begins and on the days before and after, and a customer may come back until three days
-- later, so these are read as well.
ai_sessions as (

    select
        *,
        coalesce(customer_id, contact_number) as visitor
    from {{ ref('stg_contact_centre__contacts') }}
    where
        contact_type = 'ai_session'
        and (
            {{ touched_only('contact_date') }}
            or {{ touched_only('contact_date - 1') }}
            or {{ touched_only('contact_date + 1') }}
            or {{ touched_only('contact_date - 2') }}
            or {{ touched_only('contact_date - 3') }}
        )

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'visit_gap_minutes') as visit_gap_minutes,
        max(parameter_value) filter (where parameter_code = 'service_level_seconds') as service_level_seconds,
        max(parameter_value) filter (where parameter_code = 'satisfied_score') as satisfied_score,
        max(parameter_value) filter (where parameter_code = 'resolution_hours') as resolution_hours
    from {{ ref('contact_parameters') }}

),

-- Sessions without a customer cannot be told to be of one person: each is a visit of its own.
followed as (

    select
        *,
        lag(started_at) over (partition by visitor order by started_at, contact_number) as previous_started_at
    from ai_sessions

),

begun as (

    select
        followed.*,
        (
            followed.previous_started_at is null
            or followed.started_at - followed.previous_started_at > to_minutes(parameters.visit_gap_minutes)
        ) as is_visit_start
    from followed
    cross join parameters

),

numbered as (

    select
        *,
        last_value(case when is_visit_start then contact_number end ignore nulls) over (
            partition by visitor order by started_at, contact_number
        ) as ai_visit_number,
        last_value(case when is_visit_start then contact_date end ignore nulls) over (
            partition by visitor order by started_at, contact_number
        ) as visit_date
    from begun

),

-- Sessions later than the day after the visit's first do not change its outcome: the dates to rebuild stay bounded.
visits as (

    select
        ai_visit_number,
        bool_or(is_transferred_to_human) filter (where contact_date <= visit_date + 1) as is_passed_on
    from numbered
    group by ai_visit_number

),

-- A customer and a matter are needed to see whether somebody comes back; an AI session that goes on with a visit is none of its
-- own.
continuing as (

    select contact_number from begun
    where not is_visit_start

),

sessions as (

    select
        contact_number,
        customer_id,
        intent,
        started_at
    from {{ ref('stg_contact_centre__contacts') }}
    where
        customer_id is not null
        and intent is not null
        and contact_number not in (select continuing.contact_number from continuing)
        and (
            {{ touched_only('contact_date') }}
            or {{ touched_only('contact_date - 1') }}
            or {{ touched_only('contact_date - 2') }}
            or {{ touched_only('contact_date - 3') }}
        )

),

returned as (

    select
        contact_number,
        started_at,
        lead(started_at) over (partition by customer_id, intent order by started_at, contact_number) as next_started_at
    from sessions

),

resolved as (

    select
        returned.contact_number,
        coalesce(
            returned.next_started_at - returned.started_at > to_hours(parameters.resolution_hours), true
        ) as is_resolved_at_first_contact
    from returned
    cross join parameters

),

facts as (

    select
        -- keys
        contacts.contact_number,
        visits.ai_visit_number,
        contacts.customer_id,
        contacts.organisation_code,
        contacts.queue_code,
        contacts.employee_code,
        -- attributes
        contacts.contact_type,
        contacts.platform,
        contacts.intent,
        -- dates and times
        contacts.contact_date,
        contacts.started_at,
        -- amounts and counts
        contacts.wait_seconds,
        contacts.talk_seconds,
        contacts.hold_seconds,
        contacts.wrap_up_seconds,
        case
            when contacts.is_human_answered
                then coalesce(contacts.talk_seconds, 0) + coalesce(contacts.hold_seconds, 0) + coalesce(contacts.wrap_up_seconds, 0)
        end as handle_seconds,
        contacts.satisfaction_score,
        -- flags
        contacts.is_human_requested,
        contacts.is_human_answered,
        contacts.is_human_requested and contacts.is_human_answered as is_request_answered,
        contacts.is_human_requested and not contacts.is_human_answered as is_abandoned,
        (
            contacts.is_human_requested
            and contacts.is_human_answered
            and coalesce(contacts.wait_seconds, 0) <= parameters.service_level_seconds
        ) as is_answered_in_time,
        contacts.is_transferred_to_human,
        visits.ai_visit_number is not null and not visits.is_passed_on as is_ai_resolved,
        (
            contacts.contact_type = 'call'
            and contacts.is_human_answered
            and contacts.satisfaction_score is not null
        ) as is_rated_call,
        coalesce(
            contacts.contact_type = 'call'
            and contacts.is_human_answered
            and contacts.satisfaction_score >= parameters.satisfied_score, false
        ) as is_satisfied_call,
        resolved.is_resolved_at_first_contact
    from contacts
    cross join parameters
    left join visits on contacts.contact_number = visits.ai_visit_number
    left join resolved on contacts.contact_number = resolved.contact_number

)

select * from facts
