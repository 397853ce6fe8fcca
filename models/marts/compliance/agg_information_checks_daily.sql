{{ config(
    materialized='by_business_date',
    business_date='issue_date',
    touched_dates_sql='select business_date from intermediate.int_compliance__touched_issue_dates'
) }}
-- depends_on: {{ ref('int_compliance__touched_issue_dates') }}

with

policies as (

    select * from {{ ref('int_business__policy_attributes') }}
    where {{ touched_only('issue_date') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

checks as (

    select * from {{ ref('stg_compliance__information_checks') }}

),

-- A policy without any check has not passed one.
checked as (

    select
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        coalesce(
            checks.name_result = 'passed' and checks.id_number_result = 'passed'
            and checks.mobile_result = 'passed' and checks.address_result = 'passed', false
        ) as has_passed
    from policies
    inner join products on policies.product_code = products.product_code
    left join checks on policies.policy_number = checks.policy_number
    where products.is_long_term

),

daily as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        intermediary_code,
        count(*) as information_check_policy_count,
        count(*) filter (where has_passed) as information_passed_policy_count
    from checked
    group by all

)

select * from daily
