-- Detects policies lost or doubled between the free-look cohorts and the call-backs they require.
-- Guards the join of call-backs and cancellations, of which a policy may have several, and the day on which a free look is over.
-- A returned row is a total that differs.
with

callbacks as (

    select
        coalesce(sum(free_look_policy_count), 0) as policy_count,
        coalesce(sum(required_callback_count), 0) as required_count
    from {{ ref('agg_policy_callbacks_daily') }}

),

cohorts as (

    select
        coalesce(sum(issued_policy_count), 0) as policy_count,
        coalesce(sum(free_look_over_policy_count - free_look_cancelled_policy_count), 0) as required_count
    from {{ ref('agg_free_look_cohorts') }}

)

select
    callbacks.*,
    cohorts.*
from callbacks
cross join cohorts
where
    callbacks.policy_count <> cohorts.policy_count
    or callbacks.required_count <> cohorts.required_count
