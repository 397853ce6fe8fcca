-- depends_on: {{ ref('int_business__touched_in_force_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='snapshot_date',
        touched_dates_sql='select business_date from intermediate.int_business__touched_in_force_dates'
    )
}}

with

movements as (

    select * from {{ ref('int_business__policy_movements') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

levels as (

    select
        organisation_code,
        channel_code,
        product_code,
        movement_date,
        sum(sum(policy_count)) over (
            partition by organisation_code, channel_code, product_code order by movement_date
        ) as policy_count
    from movements
    group by organisation_code, channel_code, product_code, movement_date

),

segments as (

    select
        organisation_code,
        channel_code,
        product_code,
        min(movement_date) as first_movement_date
    from movements
    group by organisation_code, channel_code, product_code

),

-- A segment keeps a row for every day, zero included: the value of a period is that of its last day.
snapshot_days as (

    select
        segments.organisation_code,
        segments.channel_code,
        segments.product_code,
        cast(
            unnest(generate_series(segments.first_movement_date, as_of.as_of_date, interval 1 day)) as date
        ) as snapshot_date
    from segments
    cross join as_of

),

wanted as (

    select * from snapshot_days
    where {{ touched_only('snapshot_date') }}

),

counted as (

    select
        wanted.snapshot_date,
        wanted.organisation_code,
        wanted.channel_code,
        wanted.product_code,
        cast(levels.policy_count as bigint) as in_force_policy_count
    from wanted
    asof inner join levels
        on
            wanted.organisation_code = levels.organisation_code
            and wanted.channel_code = levels.channel_code
            and wanted.product_code = levels.product_code
            and wanted.snapshot_date >= levels.movement_date

)

select * from counted
