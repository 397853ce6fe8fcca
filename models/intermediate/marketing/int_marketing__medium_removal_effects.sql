-- Attribution by Markov chain (Anderl, Becker, von Wangenheim, Schumann 2016): the states are media, the transitions those
-- counted on journeys; a medium is worth the share of orders that would be lost if every way through it led nowhere.
with recursive

touches as (

    select * from {{ ref('int_marketing__order_touches') }}

),

parameters as (

    select * from {{ ref('marketing_parameters') }}

),

steps as (

    select
        organisation_code,
        quarter_start_date,
        represented_visitor_count as visitor_count,
        coalesce(lag(media_channel) over (partition by journey_code order by touch_position), '(start)') as from_state,
        media_channel as to_state
    from touches

    union all

    select
        organisation_code,
        quarter_start_date,
        represented_visitor_count as visitor_count,
        media_channel as from_state,
        case when policy_number is null then '(lost)' else '(order)' end as to_state
    from touches
    where touch_position = touch_count

),

transitions as (

    select
        organisation_code,
        quarter_start_date,
        from_state,
        to_state,
        sum(visitor_count) / sum(sum(visitor_count)) over (partition by organisation_code, quarter_start_date, from_state) as probability
    from steps
    group by organisation_code, quarter_start_date, from_state, to_state

),

-- The chain as it is, and without each medium in turn.
variants as (

    select distinct
        organisation_code,
        quarter_start_date,
        to_state as removed_medium
    from transitions
    where to_state not in ('(lost)', '(order)')

    union all

    select distinct
        organisation_code,
        quarter_start_date,
        '(none)' as removed_medium
    from transitions

),

walks as (

    select
        organisation_code,
        quarter_start_date,
        removed_medium,
        0 as step_count,
        '(start)' as chain_state,
        cast(1 as double) as probability
    from variants

    union all

    select
        walks.organisation_code,
        walks.quarter_start_date,
        walks.removed_medium,
        any_value(walks.step_count) + 1 as step_count,
        transitions.to_state as chain_state,
        sum(walks.probability * transitions.probability) as probability
    from walks
    inner join transitions
        on
            walks.organisation_code = transitions.organisation_code
            and walks.quarter_start_date = transitions.quarter_start_date
            and walks.chain_state = transitions.from_state
            and walks.removed_medium <> transitions.to_state
    where walks.step_count < (select parameters.markov_step_count from parameters)
    group by walks.organisation_code, walks.quarter_start_date, walks.removed_medium, transitions.to_state

),

orders as (

    select
        organisation_code,
        quarter_start_date,
        removed_medium,
        sum(probability) filter (where chain_state = '(order)') as order_probability
    from walks
    group by organisation_code, quarter_start_date, removed_medium

),

effects as (

    select
        removed.organisation_code,
        removed.quarter_start_date,
        removed.removed_medium as media_channel,
        1 - coalesce(removed.order_probability, 0) / nullif(whole.order_probability, 0) as removal_effect
    from orders as removed
    inner join orders as whole
        on
            removed.organisation_code = whole.organisation_code
            and removed.quarter_start_date = whole.quarter_start_date
            and whole.removed_medium = '(none)'
    where removed.removed_medium <> '(none)'

)

select * from effects
