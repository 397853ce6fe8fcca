-- Detects new premium valued twice, or not at all, between the daily premium and the value of new business.
-- Guards the assumption that one rate holds for a product and channel on a day.
-- A returned row is a month whose valued premium is not the premium for which a rate holds, with both.
with

valued as (

    select
        premium_month_date as stands_on,
        sum(valued_premium_amount) as expected_amount
    from {{ ref('agg_new_business_values_monthly') }}
    group by premium_month_date

),

received as (

    select
        cast(date_trunc('month', premiums.accounting_date) as date) as stands_on,
        sum(premiums.first_year_premium_amount) as received_amount
    from {{ ref('agg_premiums_daily') }} as premiums
    inner join {{ ref('dim_product') }} as products on premiums.product_code = products.product_code
    where
        products.is_long_term
        and exists (
            select 1 from {{ ref('stg_finance__value_rates') }} as rates
            where
                rates.product_code = premiums.product_code
                and rates.channel_code = premiums.channel_code
                and rates.valid_from_date <= premiums.accounting_date
        )
    group by cast(date_trunc('month', premiums.accounting_date) as date)

),

differing as (

    select
        valued.stands_on,
        valued.expected_amount,
        received.received_amount as found_amount
    from valued
    left join received on valued.stands_on = received.stands_on
    where valued.expected_amount != coalesce(received.received_amount, 0)

)

select * from differing
