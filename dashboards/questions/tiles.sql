-- One row per metric in force: its status in the period and cut shown; value is null where the metric is not published so.
with

metrics as (

    select * from metric_catalogue
    qualify row_number() over (partition by metric_code order by version desc) = 1

),

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
        metrics.metric_code,
        metrics.name_zh,
        metrics.name_en,
        metrics.unit,
        metrics.format,
        metrics.direction,
        metrics.subject,
        metrics.evaluation,
        states.value,
        states.target_value,
        states.target_kind,
        abs(states.value - states.target_value) / nullif(abs(states.target_value), 0) as gap_ratio,
        coalesce(states.status, 'no_target') as status,
        states.change_previous,
        states.change_previous_year,
        states.change_kind,
        states.trust
    from metrics
    left join states on metrics.metric_code = states.metric_code and metrics.version = states.version

)

select * from tiles
order by evaluation, subject, metric_code
