with

series as (

    select
        period_start_date,
        version,
        value,
        target_value,
        status
    from metric_status
    where
        metric_code = $metric_code
        and dimension_set = $dimension_set and grain = $grain and period_start_date <= $period_start_date
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code
    qualify row_number() over (order by period_start_date desc) <= 25

)

select * from series
order by period_start_date
