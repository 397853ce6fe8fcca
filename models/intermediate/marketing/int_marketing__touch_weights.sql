with

touches as (

    select * from {{ ref('int_marketing__order_touches') }}
    where policy_number is not null

),

effects as (

    select * from {{ ref('int_marketing__medium_removal_effects') }}

),

parameters as (

    select * from {{ ref('marketing_parameters') }}

),

raw_weights as (

    select
        touches.policy_number,
        touches.touchpoint_number,
        touches.media_channel,
        touches.touch_position,
        touches.touch_count,
        power(
            0.5, epoch(touches.issued_at - touches.occurred_at) / (86400 * parameters.attribution_half_life_days)
        ) as decay_weight,
        greatest(coalesce(effects.removal_effect, 0), 0) as removal_effect
    from touches
    cross join parameters
    left join effects
        on
            touches.organisation_code = effects.organisation_code
            and touches.quarter_start_date = effects.quarter_start_date
            and touches.media_channel = effects.media_channel

),

-- The weights of an order add up to 1 in every model. Where no medium of an order would be missed, they share it evenly.
weighted as (

    select
        policy_number,
        touchpoint_number,
        media_channel,
        cast(touch_position = touch_count as integer) as last_touch_weight,
        cast(touch_position = 1 as integer) as first_touch_weight,
        1.0 / touch_count as linear_weight,
        decay_weight / sum(decay_weight) over (partition by policy_number) as time_decay_weight,
        coalesce(
            removal_effect / nullif(sum(removal_effect) over (partition by policy_number), 0), 1.0 / touch_count
        ) as markov_weight
    from raw_weights

)

select * from weighted
