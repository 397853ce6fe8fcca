-- One row per metric: its status in the period and cut shown; value is null where the metric is not published so.
with

states as (

    select * from metric_status
    where
        dimension_set = $dimension_set and grain = $grain and period_start_date = $period_start_date
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code

),

tiles as (

    select
        metric_catalogue.metric_code,
        metric_catalogue.name_zh,
        metric_catalogue.name_en,
        metric_catalogue.unit,
        metric_catalogue.format,
        metric_catalogue.direction,
        metric_catalogue.subject,
        metric_catalogue.evaluation,
        states.version,
        states.value,
        states.target_value,
        states.target_kind,
        abs(states.value - states.target_value) / nullif(abs(states.target_value), 0) as gap_ratio,
        coalesce(states.status, 'no_target') as status,
        states.change_previous,
        states.change_previous_year,
        states.change_kind,
        states.trust
    from metric_catalogue
    left join states on metric_catalogue.metric_code = states.metric_code

)

select * from tiles
order by evaluation, subject, metric_code
