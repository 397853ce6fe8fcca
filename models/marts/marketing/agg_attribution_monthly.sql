with

weights as (

    select * from {{ ref('int_marketing__touch_weights') }}

),

orders as (

    select * from {{ ref('int_marketing__online_orders') }}

),

media as (

    select * from {{ ref('media') }}

),

monthly as (

    select
        cast(date_trunc('month', orders.order_date) as date) as order_month,
        orders.organisation_code,
        orders.channel_code,
        orders.product_code,
        weights.media_channel,
        coalesce(any_value(media.is_bought), false) as is_bought,
        -- Eight places, so that the parts of an order add up to its premium.
        cast(sum(orders.premium_amount * weights.last_touch_weight) as decimal(28, 8)) as last_touch_premium_amount,
        cast(sum(orders.premium_amount * weights.first_touch_weight) as decimal(28, 8)) as first_touch_premium_amount,
        cast(sum(orders.premium_amount * weights.linear_weight) as decimal(28, 8)) as linear_premium_amount,
        cast(sum(orders.premium_amount * weights.time_decay_weight) as decimal(28, 8)) as time_decay_premium_amount,
        cast(sum(orders.premium_amount * weights.markov_weight) as decimal(28, 8)) as markov_premium_amount
    from weights
    inner join orders on weights.policy_number = orders.policy_number
    left join media on weights.media_channel = media.media_channel
    group by
        cast(date_trunc('month', orders.order_date) as date),
        orders.organisation_code,
        orders.channel_code,
        orders.product_code,
        weights.media_channel

)

select * from monthly
