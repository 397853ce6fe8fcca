with

products as (

    select * from {{ ref('stg_master_data__products') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

described as (

    select
        products.product_code,
        products.product_name_zh,
        products.product_name_en,
        products.product_line,
        organisations.company_code,
        products.design_type,
        products.is_insurance_contract,
        products.is_long_term,
        products.is_micro_premium,
        products.launched_date
    from products
    left join organisations on products.organisation_code = organisations.organisation_code

)

select * from described
