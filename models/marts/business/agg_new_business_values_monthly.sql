with

premiums as (

    select * from {{ ref('agg_premiums_daily') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

value_rates as (

    select
        product_code,
        channel_code,
        margin_ratio,
        valid_from_date,
        coalesce(
            lead(valid_from_date) over (partition by product_code, channel_code order by valid_from_date), date '9999-12-31'
        ) as valid_before_date
    from {{ ref('stg_finance__value_rates') }}

),

-- Premium for which no rate holds yet has no value and counts in neither part of the margin.
monthly as (

    select
        cast(date_trunc('month', premiums.accounting_date) as date) as premium_month_date,
        premiums.organisation_code,
        premiums.channel_code,
        premiums.product_code,
        cast(sum(premiums.first_year_premium_amount) as decimal(18, 2)) as valued_premium_amount,
        cast(sum(premiums.first_year_premium_amount * value_rates.margin_ratio) as decimal(18, 2)) as new_business_value_amount
    from premiums
    inner join products on premiums.product_code = products.product_code
    inner join value_rates
        on
            premiums.product_code = value_rates.product_code
            and premiums.channel_code = value_rates.channel_code
            and premiums.accounting_date >= value_rates.valid_from_date
            and premiums.accounting_date < value_rates.valid_before_date
    where products.is_long_term and premiums.first_year_premium_amount != 0
    group by
        cast(date_trunc('month', premiums.accounting_date) as date),
        premiums.organisation_code,
        premiums.channel_code,
        premiums.product_code

)

select * from monthly
