with

states as (

    select * from metric_status
    where
        metric_code = $metric_code and grain = $grain and period_start_date = $period_start_date
        and dimension_set = $dimension_set
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code

),

members as (

    select
        states.product_code as member_code,
        dim_product.product_name_zh as name_zh,
        dim_product.product_name_en as name_en,
        states.value,
        states.target_value,
        states.status
    from states
    left join dim_product on states.product_code = dim_product.product_code

)

select * from members
order by value desc nulls last
