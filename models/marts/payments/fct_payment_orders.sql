{{ config(materialized='by_business_date', business_date='order_date', touched_by=['account.payment_order']) }}

with

orders as (

    select * from {{ ref('stg_account__payment_orders') }}
    where {{ touched_only('order_date') }}

),

routes as (

    select * from {{ ref('payment_routes') }}

),

order_types as (

    select * from {{ ref('order_types') }}

),

failure_reasons as (

    select * from {{ ref('failure_reasons') }}

),

facts as (

    select
        -- keys
        orders.order_number,
        orders.customer_id,
        orders.organisation_code,
        orders.payee_organisation_code,
        -- attributes
        orders.order_type,
        orders.payment_route,
        orders.order_status,
        orders.failure_reason,
        order_types.bank_direction,
        -- dates and times
        orders.order_date,
        orders.requested_at,
        orders.completed_at,
        -- amounts and counts
        orders.amount as order_amount,
        -- flags
        orders.order_status = 'succeeded' as is_succeeded,
        order_types.is_payment,
        orders.order_status != 'cancelled' and coalesce(failure_reasons.is_valid_request, true) as is_valid_request,
        orders.order_type = 'top_up' and routes.is_top_up_route as is_counted_top_up,
        orders.order_status = 'succeeded' and routes.is_bank_settled as is_expected_at_bank
    from orders
    left join routes on orders.payment_route = routes.payment_route
    left join order_types on orders.order_type = order_types.order_type
    left join failure_reasons on orders.failure_reason = failure_reasons.failure_reason

)

select * from facts
