with

policies as (

    select min(issue_date) as first_issue_date
    from {{ ref('stg_policy_admin__policies') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

months as (

    select
        cast(unnest(
            generate_series(date_trunc('month', policies.first_issue_date), as_of.as_of_date, interval 1 month)
        ) as date) as month_start_date
    from policies
    cross join as_of

),

month_ends as (

    select
        months.month_start_date,
        cast(least(last_day(months.month_start_date), as_of.as_of_date) as date) as snapshot_date
    from months
    cross join as_of

)

select * from month_ends
