-- Detects premium lost, doubled or moved to another day on its way from the deliveries to the daily aggregate.
-- Guards the joins of payments to policies and products: each payment finds exactly one policy and one product.
-- A returned row is an accounting date whose premium differs between staging, fact and aggregate.
with

delivered as (

    select
        accounting_date,
        sum(premium_amount) as premium_amount
    from {{ ref('stg_policy_admin__premium_payments') }}
    group by accounting_date

),

booked as (

    select
        accounting_date,
        sum(premium_amount) as premium_amount
    from {{ ref('fct_premium_payments') }}
    group by accounting_date

),

aggregated as (

    select
        accounting_date,
        sum(scale_premium_amount + free_look_cancelled_amount) as premium_amount
    from {{ ref('agg_premiums_daily') }}
    group by accounting_date
    having sum(payment_count) > 0 or sum(scale_premium_amount + free_look_cancelled_amount) <> 0

),

compared as (

    select
        coalesce(delivered.accounting_date, booked.accounting_date, aggregated.accounting_date) as accounting_date,
        delivered.premium_amount as delivered_amount,
        booked.premium_amount as booked_amount,
        aggregated.premium_amount as aggregated_amount
    from delivered
    full join booked on delivered.accounting_date = booked.accounting_date
    full join aggregated on coalesce(delivered.accounting_date, booked.accounting_date) = aggregated.accounting_date

)

select * from compared
where
    delivered_amount is distinct from booked_amount
    or delivered_amount is distinct from aggregated_amount
