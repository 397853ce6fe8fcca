-- Detects orders whose premium is attributed more or less than once by any model.
-- Guards the windows that lead each click to one order, and the shares of the Markov chain.
-- A returned row is an order, or an order that no touch was found for, with the sum of its weights in each model.
with

weights as (

    select * from {{ ref('int_marketing__touch_weights') }}

),

orders as (

    select * from {{ ref('int_marketing__online_orders') }}

),

summed as (

    select
        orders.policy_number,
        coalesce(sum(weights.last_touch_weight), 0) as last_touch_weight,
        coalesce(sum(weights.first_touch_weight), 0) as first_touch_weight,
        coalesce(sum(weights.linear_weight), 0) as linear_weight,
        coalesce(sum(weights.time_decay_weight), 0) as time_decay_weight,
        coalesce(sum(weights.markov_weight), 0) as markov_weight
    from orders
    left join weights on orders.policy_number = weights.policy_number
    group by orders.policy_number

)

select * from summed
where
    greatest(
        abs(last_touch_weight - 1), abs(first_touch_weight - 1), abs(linear_weight - 1), abs(time_decay_weight - 1), abs(markov_weight - 1)
    ) > 0.000000001
