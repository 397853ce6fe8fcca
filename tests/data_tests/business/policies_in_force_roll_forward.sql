-- Detects days that a date-wise build left out or left behind.
-- Guards the rule that a changed movement rebuilds its day and every later one: each day is the day before plus its movements.
-- A returned row is a day and segment that does not follow from the day before, or a missing day.
with

movements as (

    select
        movement_date,
        organisation_code,
        channel_code,
        product_code,
        sum(policy_count) as policy_count
    from {{ ref('int_business__policy_movements') }}
    group by movement_date, organisation_code, channel_code, product_code

),

days as (

    select
        snapshot_date,
        organisation_code,
        channel_code,
        product_code,
        in_force_policy_count,
        lag(in_force_policy_count, 1, 0) over segment as count_before,
        lag(snapshot_date) over segment as date_before
    from {{ ref('agg_policies_in_force_daily') }}
    window segment as (partition by organisation_code, channel_code, product_code order by snapshot_date)

)

select
    days.snapshot_date,
    days.organisation_code,
    days.channel_code,
    days.product_code,
    days.count_before,
    movements.policy_count as movement_count,
    days.in_force_policy_count
from days
left join movements
    on
        days.snapshot_date = movements.movement_date
        and days.organisation_code = movements.organisation_code
        and days.channel_code = movements.channel_code
        and days.product_code = movements.product_code
where
    days.in_force_policy_count <> days.count_before + coalesce(movements.policy_count, 0)
    or days.snapshot_date - days.date_before <> 1
