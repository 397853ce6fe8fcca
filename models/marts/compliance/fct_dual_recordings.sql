{{ config(
    materialized='by_business_date',
    business_date='issue_date',
    touched_dates_sql='select business_date from intermediate.int_compliance__touched_issue_dates'
) }}
-- depends_on: {{ ref('int_compliance__touched_issue_dates') }}

with

results as (

    select * from {{ ref('int_compliance__dual_recording_results') }}
    where {{ touched_only('issue_date') }}

),

required_policies as (

    select
        policy_number,
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        intermediary_code,
        employee_code,
        requirement_reason,
        premium_amount,
        cast(recording_count as integer) as recording_count,
        passed_recorded_date,
        due_date,
        has_passed_recording,
        has_passed_in_time
    from results

)

select * from required_policies
