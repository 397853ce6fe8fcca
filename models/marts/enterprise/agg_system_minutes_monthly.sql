with

systems as (

    select * from {{ ref('stg_it__information_systems') }}
    where is_core

),

outages as (

    select * from {{ ref('stg_it__system_outages') }}

),

parameters as (

    select * from {{ ref('enterprise_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

system_months as (

    select
        systems.system_code,
        systems.organisation_code,
        greatest(systems.in_service_date, parameters.records_from_date) as first_date,
        as_of.as_of_date,
        unnest(generate_series(
            date_trunc('month', greatest(systems.in_service_date, parameters.records_from_date)), as_of.as_of_date, interval 1 month
        )) as month_start
    from systems
    cross join parameters
    cross join as_of

),

in_service as (

    select
        system_code,
        organisation_code,
        cast(month_start as date) as month_start_date,
        cast(least(last_day(month_start), as_of_date) as date) as month_end_date,
        (cast(least(last_day(month_start), as_of_date) as date) - greatest(cast(month_start as date), first_date) + 1) * 1440
            as service_minute_count
    from system_months

),

stood_still as (

    select
        system_code,
        cast(date_trunc('month', outage_date) as date) as month_start_date,
        sum(outage_minute_count) filter (where is_planned) as planned_outage_minute_count,
        sum(outage_minute_count) filter (where not is_planned) as unplanned_outage_minute_count
    from outages
    group by system_code, cast(date_trunc('month', outage_date) as date)

),

monthly as (

    select
        in_service.month_end_date,
        in_service.organisation_code,
        cast(sum(in_service.service_minute_count) as bigint) as service_minute_count,
        cast(coalesce(sum(stood_still.planned_outage_minute_count), 0) as bigint) as planned_outage_minute_count,
        cast(coalesce(sum(stood_still.unplanned_outage_minute_count), 0) as bigint) as unplanned_outage_minute_count
    from in_service
    left join stood_still
        on
            in_service.system_code = stood_still.system_code
            and in_service.month_start_date = stood_still.month_start_date
    group by in_service.month_end_date, in_service.organisation_code

)

select * from monthly
