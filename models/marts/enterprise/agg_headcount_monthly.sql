with

employments as (

    select * from {{ ref('stg_people__employments') }}

),

parameters as (

    select * from {{ ref('enterprise_parameters') }}

),

organisations as (

    select
        organisation_code,
        company_type in ('life', 'property') as is_insurer
    from {{ ref('dim_organisation') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

first_month as (

    select greatest(
        (select min(employments.hired_date) from employments),
        (select parameters.records_from_date from parameters)
    ) as first_date

),

months as (

    select
        cast(month_start as date) as month_start_date,
        cast(least(last_day(month_start), as_of_date) as date) as month_end_date
    from (
        select
            as_of.as_of_date,
            unnest(generate_series(date_trunc('month', first_month.first_date), as_of.as_of_date, interval 1 month)) as month_start
        from first_month
        cross join as_of
    ) as series

),

-- Every place has a row for every month, so that a year opens with its January wherever somebody ever worked.
places as (

    select distinct
        employments.organisation_code,
        employments.employee_line,
        organisations.is_insurer
    from employments
    inner join organisations on employments.organisation_code = organisations.organisation_code

),

counted as (

    select
        months.month_end_date,
        employments.organisation_code,
        employments.employee_line,
        count(*) filter (where employments.hired_date < months.month_start_date) as opening_count,
        count(*) filter (where employments.hired_date >= months.month_start_date) as hired_count,
        count(*) filter (where employments.left_date <= months.month_end_date) as leaver_count,
        count(*) filter (
            where employments.left_date <= months.month_end_date and employments.leave_reason = 'voluntary'
        ) as voluntary_leaver_count
    from employments
    inner join months
        on
            employments.hired_date <= months.month_end_date
            and coalesce(employments.left_date, months.month_end_date) >= months.month_start_date
    group by months.month_end_date, employments.organisation_code, employments.employee_line

),

monthly as (

    select
        months.month_end_date,
        places.organisation_code,
        places.employee_line,
        places.is_insurer,
        coalesce(counted.opening_count, 0) as opening_count,
        coalesce(counted.hired_count, 0) as hired_count,
        coalesce(counted.leaver_count, 0) as leaver_count,
        coalesce(counted.voluntary_leaver_count, 0) as voluntary_leaver_count,
        coalesce(counted.opening_count + counted.hired_count - counted.leaver_count, 0) as closing_count
    from months
    cross join places
    left join counted
        on
            months.month_end_date = counted.month_end_date
            and places.organisation_code = counted.organisation_code
            and places.employee_line = counted.employee_line

)

select * from monthly
