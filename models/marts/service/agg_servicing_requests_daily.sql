-- depends_on: {{ ref('int_service__touched_request_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='activity_date',
        touched_dates_sql='select business_date from intermediate.int_service__touched_request_dates'
    )
}}

with

requests as (

    select * from {{ ref('fct_servicing_requests') }}
    where is_customer_request

),

applied as (

    select
        applied_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        1 as applied_count,
        cast(is_completed and application_to_completion_days <= 5 as integer) as completed_within_5_days_count,
        0 as completed_count,
        0 as completion_days
    from requests
    where {{ touched_only('applied_date') }}

),

completed as (

    select
        completed_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        0 as applied_count,
        0 as completed_within_5_days_count,
        1 as completed_count,
        application_to_completion_days as completion_days
    from requests
    where
        is_completed
        and {{ touched_only('completed_date') }}

),

activities as (

    select * from applied
    union all
    select * from completed

),

daily as (

    select
        activity_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(applied_count) as bigint) as applied_request_count,
        cast(sum(completed_within_5_days_count) as bigint) as completed_within_5_days_request_count,
        cast(sum(completed_count) as bigint) as completed_request_count,
        cast(sum(completion_days) as bigint) as request_completion_days
    from activities
    group by activity_date, organisation_code, channel_code, product_code

)

select * from daily
