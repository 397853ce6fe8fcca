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

-- What a visit needs lies on the day it begins and on the days before and after, so these are read as well.
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
        )

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'visit_gap_minutes') as visit_gap_minutes,
        max(parameter_value) filter (where parameter_code = 'service_level_seconds') as service_level_seconds
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
        visits.ai_visit_number is not null and not visits.is_passed_on as is_ai_resolved
    from contacts
    cross join parameters
    left join visits on contacts.contact_number = visits.ai_visit_number

)

select * from facts
