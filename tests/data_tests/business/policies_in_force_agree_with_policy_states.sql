-- Detects a count of policies in force that does not follow from the policies and their requests.
-- Guards the running sum over movements, which never looks at a policy's state, by looking at nothing else: begun, latest
-- known term not over, last request that starts or ends cover not one that ends it.
-- A returned row is a segment whose count at the as-of date differs between the two.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

events as (

    select events.*
    from {{ ref('int_business__policy_events') }} as events
    cross join as_of
    where events.event_date <= as_of.as_of_date

),

latest_events as (

    select
        policy_number,
        max(new_expiry_date) as renewed_expiry_date,
        arg_max(in_force_effect, (event_date, request_number)) filter (where in_force_effect <> 'extends') as last_effect
    from events
    group by policy_number

),

states as (

    select
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        count(*) as policy_count
    from {{ ref('stg_policy_admin__policies') }} as policies
    cross join as_of
    left join latest_events on policies.policy_number = latest_events.policy_number
    where
        policies.issue_date <= as_of.as_of_date
        and policies.effective_date <= as_of.as_of_date
        and (
            policies.expiry_date is null
            or greatest(policies.expiry_date, coalesce(latest_events.renewed_expiry_date, policies.expiry_date)) >= as_of.as_of_date
        )
        and coalesce(latest_events.last_effect, 'starts') = 'starts'
    group by policies.organisation_code, policies.channel_code, policies.product_code

),

counted as (

    select
        in_force.organisation_code,
        in_force.channel_code,
        in_force.product_code,
        in_force.in_force_policy_count as policy_count
    from {{ ref('agg_policies_in_force_daily') }} as in_force
    inner join as_of on in_force.snapshot_date = as_of.as_of_date
    where in_force.in_force_policy_count <> 0

),

compared as (

    select
        coalesce(states.organisation_code, counted.organisation_code) as organisation_code,
        coalesce(states.channel_code, counted.channel_code) as channel_code,
        coalesce(states.product_code, counted.product_code) as product_code,
        states.policy_count as policies_by_state,
        counted.policy_count as policies_by_movement
    from states
    full join counted
        on
            states.organisation_code = counted.organisation_code
            and states.channel_code = counted.channel_code
            and states.product_code = counted.product_code

)

select * from compared
where policies_by_state is distinct from policies_by_movement
