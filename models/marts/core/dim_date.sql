with

bounds as (

    select * from {{ ref('calendar_bounds') }}

),

holidays as (

    select * from {{ ref('holidays') }}

),

days as (

    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as date_day
    from bounds

),

working_days as (

    select
        days.date_day,
        coalesce(holidays.is_working_day, isodow(days.date_day) <= 5) as is_working_day,
        holidays.name_zh as holiday_name_zh,
        holidays.name_en as holiday_name_en
    from days
    left join holidays on days.date_day = holidays.calendar_date

),

dated as (

    select
        date_day,
        cast(year(date_day) as integer) as year_number,
        cast(month(date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('quarter', date_day) as date) as quarter_start_date,
        cast(date_trunc('year', date_day) as date) as year_start_date,
        is_working_day,
        cast(sum(cast(is_working_day as integer)) over (order by date_day) as integer) as working_day_number,
        holiday_name_zh,
        holiday_name_en
    from working_days

)

select * from dated
