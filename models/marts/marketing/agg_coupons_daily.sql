-- depends_on: {{ ref('int_marketing__touched_coupon_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='issued_date',
    touched_dates_sql='select business_date from intermediate.int_marketing__touched_coupon_dates'
) }}

with

coupons as (

    select * from {{ ref('stg_marketing__coupons') }}

),

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- A policy paid with several coupons owes its premium to the first of them.
redemptions as (

    select
        coupon_number,
        policy_number,
        row_number() over (partition by policy_number order by redeemed_date, coupon_number) = 1 as is_first_of_policy
    from coupons
    where redeemed_date is not null and policy_number is not null

),

judged as (

    select
        coupons.issued_date,
        coupons.organisation_code,
        coupons.coupon_type,
        coupons.coupon_amount,
        coupons.redeemed_date is not null as is_redeemed,
        coupons.redeemed_date is null and coupons.expiry_date >= as_of.as_of_date as is_open,
        policies.premium_amount
    from coupons
    cross join as_of
    left join redemptions on coupons.coupon_number = redemptions.coupon_number and redemptions.is_first_of_policy
    left join policies on redemptions.policy_number = policies.policy_number
    where {{ touched_only('issued_date') }}

),

daily as (

    select
        issued_date,
        organisation_code,
        coupon_type,
        count(*) as issued_coupon_count,
        count(*) filter (where is_redeemed) as redeemed_coupon_count,
        count(*) filter (where is_open) as open_coupon_count,
        cast(sum(coupon_amount) as decimal(18, 2)) as issued_coupon_amount,
        cast(coalesce(sum(coupon_amount) filter (where is_redeemed), 0) as decimal(18, 2)) as redeemed_coupon_amount,
        cast(coalesce(sum(coupon_amount) filter (where is_open), 0) as decimal(18, 2)) as open_coupon_amount,
        cast(coalesce(sum(premium_amount), 0) as decimal(18, 2)) as redeemed_premium_amount
    from judged
    group by issued_date, organisation_code, coupon_type

)

select * from daily
