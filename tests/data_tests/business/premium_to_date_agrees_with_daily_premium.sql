-- Detects premium to date that is not the sum of the year's days.
-- Guards the date-wise building of running sums: a late premium must reach every later day of its year.
-- A returned row is a year and segment whose last snapshot differs from the year's premium, this year or as the year before.
with

last_snapshots as (

    select
        year(snapshot_date) as year_number,
        organisation_code,
        channel_code,
        product_code,
        arg_max(year_to_date_scale_premium_amount, snapshot_date) as year_to_date_amount,
        arg_max(year_ago_to_date_scale_premium_amount, snapshot_date) filter (
            where strftime(snapshot_date, '%m-%d') = '12-31'
        ) as full_year_before_amount
    from {{ ref('agg_premiums_year_to_date_daily') }}
    group by year(snapshot_date), organisation_code, channel_code, product_code

),

years as (

    select
        year(accounting_date) as year_number,
        organisation_code,
        channel_code,
        product_code,
        sum(scale_premium_amount) as scale_premium_amount
    from {{ ref('agg_premiums_daily') }}
    group by year(accounting_date), organisation_code, channel_code, product_code

)

select
    last_snapshots.*,
    this_year.scale_premium_amount as this_year_amount,
    year_before.scale_premium_amount as year_before_amount
from last_snapshots
left join years as this_year
    on
        last_snapshots.year_number = this_year.year_number
        and last_snapshots.organisation_code = this_year.organisation_code
        and last_snapshots.channel_code = this_year.channel_code
        and last_snapshots.product_code = this_year.product_code
left join years as year_before
    on
        last_snapshots.year_number = year_before.year_number + 1
        and last_snapshots.organisation_code = year_before.organisation_code
        and last_snapshots.channel_code = year_before.channel_code
        and last_snapshots.product_code = year_before.product_code
where
    last_snapshots.year_to_date_amount <> coalesce(this_year.scale_premium_amount, 0)
    or last_snapshots.full_year_before_amount <> coalesce(year_before.scale_premium_amount, 0)
