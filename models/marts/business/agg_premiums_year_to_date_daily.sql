-- depends_on: {{ ref('int_business__touched_year_to_date_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='snapshot_date',
        touched_dates_sql='select business_date from intermediate.int_business__touched_year_to_date_dates'
    )
}}

with

premiums as (

    select * from {{ ref('agg_premiums_daily') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

levels as (

    select
        organisation_code,
        channel_code,
        product_code,
        accounting_date,
        sum(scale_premium_amount) over (
            partition by organisation_code, channel_code, product_code, year(accounting_date)
            order by accounting_date
        ) as year_to_date_amount
    from premiums

),

segments as (

    select
        organisation_code,
        channel_code,
        product_code,
        min(accounting_date) as first_accounting_date
    from premiums
    group by organisation_code, channel_code, product_code

),

snapshot_days as (

    select
        segments.organisation_code,
        segments.channel_code,
        segments.product_code,
        cast(
            unnest(generate_series(segments.first_accounting_date, as_of.as_of_date, interval 1 day)) as date
        ) as snapshot_date
    from segments
    cross join as_of

),

-- The same day of the year before; 29 February is compared with 28 February.
wanted as (

    select
        *,
        cast(snapshot_date - interval 1 year as date) as year_ago_date
    from snapshot_days
    where {{ touched_only('snapshot_date') }}

),

with_this_year as (

    select
        wanted.*,
        case when year(levels.accounting_date) = year(wanted.snapshot_date) then levels.year_to_date_amount end as this_year_amount
    from wanted
    asof left join levels
        on
            wanted.organisation_code = levels.organisation_code
            and wanted.channel_code = levels.channel_code
            and wanted.product_code = levels.product_code
            and wanted.snapshot_date >= levels.accounting_date

),

with_both_years as (

    select
        with_this_year.*,
        case
            when year(levels.accounting_date) = year(with_this_year.year_ago_date) then levels.year_to_date_amount
        end as year_ago_amount
    from with_this_year
    asof left join levels
        on
            with_this_year.organisation_code = levels.organisation_code
            and with_this_year.channel_code = levels.channel_code
            and with_this_year.product_code = levels.product_code
            and with_this_year.year_ago_date >= levels.accounting_date

),

snapshots as (

    select
        snapshot_date,
        organisation_code,
        channel_code,
        product_code,
        cast(coalesce(this_year_amount, 0) as decimal(18, 2)) as year_to_date_scale_premium_amount,
        cast(coalesce(year_ago_amount, 0) as decimal(18, 2)) as year_ago_to_date_scale_premium_amount
    from with_both_years

)

select * from snapshots
