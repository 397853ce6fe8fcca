with

coupons as (

    select * from {{ ref('stg_marketing__coupons') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

delivered as (

    {{ touched_dates_of(['marketing.coupon']) }}

),

-- A coupon counts under the date it was given, whenever it is used.
redeemed as (

    select issued_date as business_date
    from coupons
    where redeemed_date in (select delivered.business_date from delivered)

),

-- Unused coupons enter the rate when their last day has passed, which no delivery says.
expired as (

    select coupons.issued_date as business_date
    from coupons
    cross join as_of
    cross join last_built
    where
        coupons.expiry_date >= coalesce(last_built.last_built_date, coupons.expiry_date)
        and coupons.expiry_date < as_of.as_of_date

),

touched as (

    select business_date from delivered
    union
    select business_date from redeemed
    union
    select business_date from expired

)

select * from touched
