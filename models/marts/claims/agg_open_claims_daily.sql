-- depends_on: {{ ref('int_claims__touched_stock_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='stock_date',
    touched_dates_sql='select business_date from intermediate.int_claims__touched_stock_dates'
) }}

with

claims as (

    select * from {{ ref('fct_claims') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

segments as (

    select
        organisation_code,
        channel_code,
        product_code,
        min(reported_date) as first_reported_date
    from claims
    group by all

),

-- Every segment has a row for every day since its first claim, zero included: a stock taken on the last day of a period
-- would otherwise fall back to an earlier day.
stock_days as (

    select
        segments.*,
        cast(unnest(generate_series(segments.first_reported_date, as_of.as_of_date, interval 1 day)) as date) as stock_date
    from segments
    cross join as_of

),

wanted as (

    select * from stock_days
    where {{ touched_only('stock_date') }}

),

-- A claim enters the stock on the day it is reported and leaves it on the day it is closed; the 31st day after the report
-- is the first on which it counts as older than 30 days.
movements as (

    select
        organisation_code,
        channel_code,
        product_code,
        reported_date as movement_date,
        null as older_than_days,
        1 as claim_change
    from claims

    union all

    select
        organisation_code,
        channel_code,
        product_code,
        closed_date as movement_date,
        null as older_than_days,
        -1 as claim_change
    from claims
    where not is_open

    {% for days in [5, 15, 30, 60] %}
    union all

    select
        organisation_code,
        channel_code,
        product_code,
        unnest([cast(reported_date + {{ days }} + 1 as date), closed_date]) as movement_date,
        {{ days }} as older_than_days,
        unnest([1, -1]) as claim_change
    from claims
    where is_open or closed_date > reported_date + {{ days }} + 1

    {% endfor %}
),

levels as (

    select
        organisation_code,
        channel_code,
        product_code,
        movement_date,
        sum(coalesce(sum(claim_change) filter (where older_than_days is null), 0)) over life as open_claim_count,
        {%- for days in [5, 15, 30, 60] %}
        sum(coalesce(sum(claim_change) filter (where older_than_days = {{ days }}), 0)) over life
            as open_over_{{ days }}_days_claim_count{{ ',' if not loop.last }}
        {%- endfor %}
    from movements
    where movement_date is not null
    group by organisation_code, channel_code, product_code, movement_date
    window life as (partition by organisation_code, channel_code, product_code order by movement_date)

),

stocked as (

    select
        wanted.stock_date,
        wanted.organisation_code,
        wanted.channel_code,
        wanted.product_code,
        cast(levels.open_claim_count as bigint) as open_claim_count,
        cast(levels.open_over_30_days_claim_count as bigint) as open_over_30_days_claim_count,
        cast(levels.open_claim_count - levels.open_over_5_days_claim_count as bigint) as open_0_to_5_days_claim_count,
        cast(levels.open_over_5_days_claim_count - levels.open_over_15_days_claim_count as bigint) as open_6_to_15_days_claim_count,
        cast(levels.open_over_15_days_claim_count - levels.open_over_30_days_claim_count as bigint) as open_16_to_30_days_claim_count,
        cast(levels.open_over_30_days_claim_count - levels.open_over_60_days_claim_count as bigint) as open_31_to_60_days_claim_count,
        cast(levels.open_over_60_days_claim_count as bigint) as open_over_60_days_claim_count
    from wanted
    asof inner join levels
        on
            wanted.organisation_code = levels.organisation_code
            and wanted.channel_code = levels.channel_code
            and wanted.product_code = levels.product_code
            and wanted.stock_date >= levels.movement_date

)

select * from stocked
