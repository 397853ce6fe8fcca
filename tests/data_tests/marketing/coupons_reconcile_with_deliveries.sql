-- Detects coupons lost or doubled between the deliveries and the daily sums, and dates that were not built again when coupons ran out.
-- Guards the touched dates of coupons, which change with redemptions and with the passing of their last day.
-- A returned row is a date of issue whose counts differ.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

delivered as (

    select
        coupons.issued_date,
        count(*) as issued_count,
        count(coupons.redeemed_date) as redeemed_count,
        count(*) filter (where coupons.redeemed_date is null and coupons.expiry_date >= as_of.as_of_date) as open_count
    from {{ ref('stg_marketing__coupons') }} as coupons
    cross join as_of
    group by coupons.issued_date

),

counted as (

    select
        issued_date,
        sum(issued_coupon_count) as issued_count,
        sum(redeemed_coupon_count) as redeemed_count,
        sum(open_coupon_count) as open_count
    from {{ ref('agg_coupons_daily') }}
    group by issued_date

)

select *
from delivered
full join counted on delivered.issued_date = counted.issued_date
where
    (delivered.issued_count, delivered.redeemed_count, delivered.open_count)
    is distinct from (counted.issued_count, counted.redeemed_count, counted.open_count)
