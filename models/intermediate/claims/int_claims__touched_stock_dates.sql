with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

activity_dates as (

    select * from {{ ref('int_claims__touched_activity_dates') }}

),

-- A claim open on one day is open on later days too: all days from the first touched one on are built again, and the
-- days that the as-of date has reached since the last build.
span as (

    select
        least(
            (select min(activity_dates.business_date) from activity_dates),
            (select last_built.last_built_date + 1 from last_built)
        ) as first_date,
        (select as_of.as_of_date from as_of) as last_date

),

touched as (

    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as business_date
    from span

)

select * from touched
