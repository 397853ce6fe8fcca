-- Detects premium of online orders lost or doubled between orders, attribution and the acquisition mart.
-- Guards the joins of orders to touches, campaigns and policies.
-- A returned row is a month and company whose premium differs between the two marts in any model, by more than a fen.
with

attributed as (

    select
        order_month as activity_month,
        organisation_code,
        sum(last_touch_premium_amount) as last_touch_amount,
        sum(first_touch_premium_amount) as first_touch_amount,
        sum(linear_premium_amount) as linear_amount,
        sum(time_decay_premium_amount) as time_decay_amount,
        sum(markov_premium_amount) as markov_amount
    from {{ ref('agg_attribution_monthly') }}
    group by order_month, organisation_code

),

ordered as (

    select
        activity_month,
        organisation_code,
        sum(order_premium_amount) as order_amount
    from {{ ref('agg_customer_acquisition_monthly') }}
    group by activity_month, organisation_code

),

compared as (

    select
        ordered.activity_month,
        ordered.organisation_code,
        ordered.order_amount,
        attributed.last_touch_amount,
        greatest(
            abs(ordered.order_amount - coalesce(attributed.last_touch_amount, 0)),
            abs(ordered.order_amount - coalesce(attributed.first_touch_amount, 0)),
            abs(ordered.order_amount - coalesce(attributed.linear_amount, 0)),
            abs(ordered.order_amount - coalesce(attributed.time_decay_amount, 0)),
            abs(ordered.order_amount - coalesce(attributed.markov_amount, 0))
        ) as largest_difference
    from ordered
    left join attributed
        on ordered.activity_month = attributed.activity_month and ordered.organisation_code = attributed.organisation_code

)

select * from compared
where largest_difference > 0.01
