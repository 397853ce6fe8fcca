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

reasons as (

    select
        metric_code,
        arg_min(
            {
                'reason': reason, 'table_name': table_name, 'column_name': column_name, 'expectation': expectation,
                'checked_at': checked_at, 'rows_failing': rows_failing, 'uses': uses
            },
            (reason <> 'failed', reason <> 'stale', table_name, coalesce(column_name, ''), expectation)
        ) as first_reason,
        count(*) as reason_count
    from metric_trust_reasons
    group by metric_code

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
        states.trust,
        if(reasons.reason_count > 0, struct_insert(reasons.first_reason, reason_count := reasons.reason_count), null) as trust_reason
    from metric_catalogue
    left join states on metric_catalogue.metric_code = states.metric_code
    left join reasons on metric_catalogue.metric_code = reasons.metric_code

)

select * from tiles
order by evaluation, subject, metric_code
