with

touched as (

    {{ touched_dates_of(['policy_admin.policy', 'policy_admin.servicing_request']) }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

-- A movement changes the count of its day and of every later one, and days without a delivery need a count as well.
span as (

    select
        least(
            (select min(touched.business_date) from touched),
            (select cast(last_built.last_built_date + 1 as date) from last_built)
        ) as first_date,
        (select as_of.as_of_date from as_of) as last_date

),

later as (

    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as business_date
    from span

)

select * from later
