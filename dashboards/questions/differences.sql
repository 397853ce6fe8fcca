-- One row per metric: what its value of the period and cut, as known on the day, has become since, and every change in between.
-- `main` holds what is published now. Values differ when they part by more than the rounding of a sum.
with

then_states as (

    select * from as_known.metric_status
    where
        dimension_set = $dimension_set and grain = $grain and period_start_date = $period_start_date
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code

),

now_states as (

    select * from main.metric_status
    where
        dimension_set = $dimension_set and grain = $grain and period_start_date = $period_start_date
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code

),

-- Every value ever published, of the version in force.
shown as (

    select * from as_known.ledger
    where
        dimension_set = $dimension_set and grain = $grain and period_start_date = $period_start_date and is_in_force
        and organisation_code is not distinct from $organisation_code
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code

),

replaced as (

    select
        earlier.metric_code,
        earlier.known_to as changed_on,
        later.value,
        earlier.restatement_id,
        'provisional' as cause_without_restatement
    from shown as earlier
    left join shown as later on earlier.metric_code = later.metric_code and earlier.superseded_by_run_id = later.run_id
    where earlier.known_to > getvariable('known_on') and earlier.value is distinct from later.value

),

-- A value where there was none, or the first of a new version: nothing of the ledger ends with it.
added as (

    select
        shown.metric_code,
        shown.known_from as changed_on,
        shown.value,
        metric_restatements.restatement_id,
        'first_value' as cause_without_restatement
    from shown
    anti join shown as earlier
        on shown.metric_code = earlier.metric_code and shown.run_id = earlier.superseded_by_run_id
    left join metric_restatements
        on shown.metric_code = metric_restatements.metric_code and shown.run_id = metric_restatements.run_id
        and shown.period_end_date between metric_restatements.first_period_end_date and metric_restatements.last_period_end_date
    where shown.known_from > getvariable('known_on')

),

changes as (

    select
        steps.metric_code,
        list(
            struct_pack(
                changed_on := steps.changed_on,
                value := steps.value,
                cause := coalesce(metric_restatements.accepted_cause, metric_restatements.cause, steps.cause_without_restatement),
                is_restatement := metric_restatements.restatement_id is not null,
                accepted_by := metric_restatements.accepted_by,
                accepted_reason := metric_restatements.accepted_reason
            ) order by steps.changed_on
        ) as changes
    from (select * from replaced union all select * from added) as steps
    left join metric_restatements on steps.restatement_id = metric_restatements.restatement_id
    group by steps.metric_code

),

compared as (

    select
        metric_catalogue.metric_code,
        case
            when then_states.value is null and now_states.value is null then 'none'
            when then_states.value is null and metric_catalogue.metric_code not in (select metric_code from as_known.known_versions)
                then 'new_metric'
            when then_states.value is null then 'added'
            when now_states.value is null then 'removed'
            when abs(now_states.value - then_states.value) <= 1e-9 * greatest(abs(now_states.value), abs(then_states.value)) then 'same'
            else 'changed'
        end as difference,
        now_states.value as value_now,
        now_states.value - then_states.value as change_since,
        now_states.status as status_now,
        now_states.version as version_now,
        changes.changes
    from metric_catalogue
    left join then_states on metric_catalogue.metric_code = then_states.metric_code
    left join now_states on metric_catalogue.metric_code = now_states.metric_code
    left join changes on metric_catalogue.metric_code = changes.metric_code

)

select * from compared
order by metric_code
