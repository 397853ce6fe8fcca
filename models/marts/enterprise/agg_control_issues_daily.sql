with

issues as (

    select * from {{ ref('stg_audit__control_issues') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- An issue is judged on the day it falls due; those that fall due after the as-of date are not judged yet.
daily as (

    select
        issues.due_date,
        issues.organisation_code,
        count(*) as due_issue_count,
        count(*) filter (where issues.remediated_date <= issues.due_date) as remediated_on_time_count
    from issues
    inner join as_of on issues.due_date <= as_of.as_of_date
    group by issues.due_date, issues.organisation_code

)

select * from daily
