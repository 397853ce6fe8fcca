{{ config(
    materialized='by_business_date',
    business_date='issue_date',
    touched_dates_sql='select business_date from intermediate.int_compliance__touched_issue_dates'
) }}
-- depends_on: {{ ref('int_compliance__touched_issue_dates') }}

with

required_policies as (

    select * from {{ ref('fct_dual_recordings') }}
    where {{ touched_only('issue_date') }}

),

daily as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as dual_record_required_count,
        count(*) filter (where has_passed_recording) as dual_record_passed_count
    from required_policies
    group by issue_date, organisation_code, channel_code, product_code

)

select * from daily
