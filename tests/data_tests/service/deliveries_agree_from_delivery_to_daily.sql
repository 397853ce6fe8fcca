-- Detects policy deliveries lost or doubled on their way to the daily aggregate.
-- Guards the join of deliveries to policies and the replacing of a delivery by its later state.
-- A returned row is a date of issue whose count or signatures differ between staging and aggregate.
with

delivered as (

    select
        issue_date,
        count(*) as delivery_count,
        count(signed_date) as signed_count
    from {{ ref('stg_policy_admin__policy_deliveries') }}
    group by issue_date

),

aggregated as (

    select
        issue_date,
        sum(delivery_count) as delivery_count,
        sum(signed_count) as signed_count
    from {{ ref('agg_policy_deliveries_daily') }}
    group by issue_date

)

select
    coalesce(delivered.issue_date, aggregated.issue_date) as issue_date,
    delivered.delivery_count as delivered_count,
    aggregated.delivery_count as aggregated_count,
    delivered.signed_count as delivered_signed_count,
    aggregated.signed_count as aggregated_signed_count
from delivered
full join aggregated on delivered.issue_date = aggregated.issue_date
where
    delivered.delivery_count is distinct from aggregated.delivery_count
    or delivered.signed_count is distinct from aggregated.signed_count
