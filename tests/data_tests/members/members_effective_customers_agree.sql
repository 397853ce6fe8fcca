-- Detects month ends at which the three counts of the group's effective customers differ: distinct, by segment and by stage.
-- Guards the assumption that a customer of several companies is one customer, and that each has exactly one stage.
-- A returned row is a month end with the counts that should be one.
with

distinct_customers as (

    select
        snapshot_date,
        count(distinct customer_key) filter (where is_effective) as customer_count
    from {{ ref('fct_effective_customers') }}
    group by snapshot_date

),

by_segment as (

    select
        snapshot_date,
        sum(effective_customer_count) as customer_count
    from {{ ref('agg_customers_monthly') }}
    group by snapshot_date

),

by_stage as (

    select
        snapshot_date,
        sum(customer_count) filter (where stage_code not in ('prospect', 'at_risk', 'lost')) as customer_count
    from {{ ref('agg_customer_stages_monthly') }}
    group by snapshot_date

),

differing as (

    select
        by_stage.snapshot_date,
        coalesce(distinct_customers.customer_count, 0) as distinct_customer_count,
        coalesce(by_segment.customer_count, 0) as segment_customer_count,
        coalesce(by_stage.customer_count, 0) as stage_customer_count
    from by_stage
    left join distinct_customers on by_stage.snapshot_date = distinct_customers.snapshot_date
    left join by_segment on by_stage.snapshot_date = by_segment.snapshot_date

)

select * from differing
where distinct_customer_count <> segment_customer_count or segment_customer_count <> stage_customer_count
