-- The last thirteen periods up to the one shown, for every metric of the cut.
with

series as (

    select
        metric_code,
        period_start_date,
        value
    from metric_values
    where
        dimension_set = $dimension_set and grain = $grain and period_start_date <= $period_start_date and is_in_force
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code
    qualify row_number() over (partition by metric_code order by period_start_date desc) <= 13

)

select * from series
order by metric_code, period_start_date
