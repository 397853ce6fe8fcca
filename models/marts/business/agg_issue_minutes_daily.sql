{{ config(materialized='by_business_date', business_date='issue_date', touched_by=['policy_admin.policy']) }}

with

policies as (

    select * from {{ ref('fct_policies') }}
    where {{ touched_only('issue_date') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

by_minute as (

    select
        policies.issue_date,
        organisations.company_code as organisation_code,
        date_trunc('minute', policies.issued_at) as issue_minute,
        count(*) as policy_count
    from policies
    inner join organisations on policies.organisation_code = organisations.organisation_code
    group by policies.issue_date, organisations.company_code, date_trunc('minute', policies.issued_at)

),

daily as (

    select
        issue_date,
        organisation_code,
        cast(sum(policy_count) as bigint) as policy_count,
        max(policy_count) as busiest_minute_policy_count
    from by_minute
    group by issue_date, organisation_code

)

select * from daily
