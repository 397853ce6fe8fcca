-- Recent monthly values, or of the finest grain published, in the widest cut the role may see.
with

grains as (

    select grain
    from metric_values
    where metric_code = $metric_code and dimension_set = $dimension_set and organisation_code is not distinct from $organisation_code
        and channel_code is null and product_code is null
        and grain in ('month', 'quarter', 'year')
    group by grain
    order by case grain when 'month' then 1 when 'quarter' then 2 else 3 end
    limit 1

),

series as (

    select
        metric_status.grain,
        metric_status.period_start_date,
        metric_status.version,
        metric_status.value,
        metric_status.target_value,
        metric_status.status
    from metric_status
    inner join grains on metric_status.grain = grains.grain
    where
        metric_status.metric_code = $metric_code and metric_status.dimension_set = $dimension_set
        and metric_status.organisation_code is not distinct from $organisation_code
        and metric_status.channel_code is null and metric_status.product_code is null
    qualify row_number() over (order by metric_status.period_start_date desc) <= 25

)

select * from series
order by period_start_date
