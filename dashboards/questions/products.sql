with

members as (

    select distinct product_code
    from metric_values
    where dimension_set in ('product', 'company+product', 'organisation+product')

),

listed as (

    select
        dim_product.product_code as member_code,
        dim_product.product_name_zh as name_zh,
        dim_product.product_name_en as name_en
    from dim_product
    inner join members on dim_product.product_code = members.product_code

)

select * from listed
order by member_code
