-- Detects money lost or counted twice between the orders delivered and the daily sums of top-ups and withdrawals.
-- Guards the assumption that every order finds one route and one type, and that touched dates name every changed order.
-- A returned row is an order type whose daily total differs from the orders delivered.
with

delivered as (

    select
        coalesce(sum(orders.amount) filter (where orders.order_type = 'top_up' and routes.is_top_up_route), 0) as top_up_amount,
        coalesce(sum(orders.amount) filter (where orders.order_type = 'withdrawal'), 0) as withdrawal_amount
    from {{ ref('stg_account__payment_orders') }} as orders
    inner join {{ ref('payment_routes') }} as routes on orders.payment_route = routes.payment_route
    where orders.order_status = 'succeeded'

),

summed as (

    select
        coalesce(sum(succeeded_top_up_amount), 0) as top_up_amount,
        coalesce(sum(succeeded_withdrawal_amount), 0) as withdrawal_amount
    from {{ ref('agg_payments_daily') }}

),

differing as (

    select
        'top_up' as order_type,
        delivered.top_up_amount as delivered_amount,
        summed.top_up_amount as summed_amount
    from delivered
    cross join summed
    where delivered.top_up_amount != summed.top_up_amount

    union all

    select
        'withdrawal' as order_type,
        delivered.withdrawal_amount as delivered_amount,
        summed.withdrawal_amount as summed_amount
    from delivered
    cross join summed
    where delivered.withdrawal_amount != summed.withdrawal_amount

)

select * from differing
