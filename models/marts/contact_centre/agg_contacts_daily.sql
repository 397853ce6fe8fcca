-- depends_on: {{ ref('int_contact_centre__touched_contact_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='contact_date',
    touched_dates_sql='select business_date from intermediate.int_contact_centre__touched_contact_dates'
) }}

with

contacts as (

    select * from {{ ref('fct_contacts') }}
    where {{ touched_only('contact_date') }}

),

daily as (

    select
        contact_date,
        organisation_code,
        platform,
        count(*) as contact_count,
        count(*) filter (where contact_type = 'call' and is_human_requested) as requested_call_count,
        count(*) filter (where contact_type = 'call' and is_request_answered) as answered_call_count,
        count(*) filter (where contact_type = 'call' and is_answered_in_time) as answered_in_time_call_count,
        count(*) filter (where contact_type = 'call' and is_abandoned) as abandoned_call_count,
        count(*) filter (where contact_type in ('call', 'chat') and is_human_requested) as human_request_count,
        count(*) filter (where contact_type in ('call', 'chat') and is_request_answered) as answered_human_request_count,
        count(*) filter (where is_human_answered) as handled_contact_count,
        cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
        count(*) filter (where is_ai_resolved) as ai_resolved_visit_count,
        count(*) filter (where is_ai_resolved or is_human_answered) as ai_or_human_service_count,
        count(*) filter (where is_rated_call) as rated_call_count,
        count(*) filter (where is_satisfied_call) as satisfied_call_count,
        count(is_resolved_at_first_contact) as followed_session_count,
        count(*) filter (where is_resolved_at_first_contact) as resolved_session_count
    from contacts
    group by contact_date, organisation_code, platform

)

select * from daily
