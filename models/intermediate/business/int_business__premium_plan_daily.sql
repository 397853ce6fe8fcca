with

plans as (

    select * from {{ ref('premium_plan') }}

),

planned_days as (

    select
        *,
        cast(
            unnest(generate_series(make_date(plan_year, 1, 1), make_date(plan_year, 12, 31), interval 1 day)) as date
        ) as plan_date,
        cast(dayofyear(make_date(plan_year, 12, 31)) as integer) as year_days
    from plans

),

spread as (

    select
        plan_date,
        organisation_code,
        planned_premium_amount,
        cast(dayofyear(plan_date) as integer) as elapsed_days,
        year_days
    from planned_days

),

-- Each day takes what the rounded plan to date grows by, so that a year's days add up to the plan to the cent.
daily as (

    select
        plan_date,
        organisation_code,
        cast(
            cast(planned_premium_amount * elapsed_days / year_days as decimal(18, 2))
            - cast(planned_premium_amount * (elapsed_days - 1) / year_days as decimal(18, 2)) as decimal(18, 2)
        ) as planned_premium_amount
    from spread

)

select * from daily
