-- Detects regular premium lost or doubled between the policies and the daily aggregate.
-- Guards the join to payment kinds and the cancellations: issued less cancelled is what the aggregate holds.
-- A returned row is a product whose premium issued differs from premium booked plus premium taken back.
with

issued as (

    select
        product_code,
        sum(premium_amount) as premium_amount
    from {{ ref('fct_policies') }}
    where payment_kind = 'regular'
    group by product_code

),

booked as (

    select
        product_code,
        sum(regular_premium_amount + free_look_cancelled_amount) as premium_amount,
        sum(issued_premium_amount) as issued_premium_amount
    from {{ ref('agg_new_regular_premiums_daily') }}
    group by product_code

),

compared as (

    select
        coalesce(issued.product_code, booked.product_code) as product_code,
        issued.premium_amount as issued_amount,
        booked.premium_amount as booked_amount,
        booked.issued_premium_amount
    from issued
    full join booked on issued.product_code = booked.product_code

)

select * from compared
where
    issued_amount is distinct from booked_amount
    or issued_amount is distinct from issued_premium_amount
