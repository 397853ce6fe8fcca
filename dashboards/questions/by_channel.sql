with

states as (

    select * from metric_status
    where
        metric_code = $metric_code and grain = $grain and period_start_date = $period_start_date
        and dimension_set = $dimension_set
        and organisation_code is not distinct from $organisation_code
        and product_code is not distinct from $product_code

),

members as (

    select
        states.channel_code as member_code,
        dim_channel.channel_name_zh as name_zh,
        dim_channel.channel_name_en as name_en,
        states.value,
        states.target_value,
        states.status
    from states
    left join dim_channel on states.channel_code = dim_channel.channel_code

)

select * from members
order by value desc nulls last
