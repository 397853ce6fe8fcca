with

products as (

    select * from {{ ref('stg_master_data__products') }}

),

frequencies as (

    select * from {{ ref('payment_frequencies') }}

),

kinds as (

    select
        products.product_code,
        frequencies.payment_frequency,
        products.design_type,
        products.is_long_term,
        products.is_micro_premium,
        products.is_insurance_contract,
        case
            when not products.is_long_term then 'short_term'
            else frequencies.long_term_payment_kind
        end as payment_kind
    from products
    cross join frequencies

)

select * from kinds
