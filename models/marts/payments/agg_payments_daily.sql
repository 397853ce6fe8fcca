-- depends_on: {{ ref('int_payments__touched_activity_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='activity_date',
    touched_dates_sql='select business_date from intermediate.int_payments__touched_activity_dates'
) }}

with

orders as (

    select * from {{ ref('fct_payment_orders') }}

),

entries as (

    select * from {{ ref('fct_clearing_entries') }}

),

items as (

    select * from {{ ref('fct_reconciliation') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

ordered as (

    select
        order_date as activity_date,
        organisation_code,
        payment_route,
        sum(order_amount) filter (where is_counted_top_up and is_succeeded) as succeeded_top_up_amount,
        sum(order_amount) filter (where order_type = 'withdrawal' and is_succeeded) as succeeded_withdrawal_amount,
        count(*) filter (where is_payment and is_valid_request) as valid_payment_request_count,
        count(*) filter (where is_payment and is_succeeded) as succeeded_payment_count
    from orders
    where {{ touched_only('order_date') }}
    group by order_date, organisation_code, payment_route

),

cleared as (

    select
        clearing_date as activity_date,
        organisation_code,
        payment_route,
        count(*) as clearing_entry_count,
        count(*) filter (where is_error) as clearing_error_count
    from entries
    where {{ touched_only('clearing_date') }}
    group by clearing_date, organisation_code, payment_route

),

-- A transfer that is not yet due is neither in time nor late.
transferred as (

    select
        due_date as activity_date,
        organisation_code,
        payment_route,
        count(*) as due_transfer_count,
        count(*) filter (where is_on_time) as on_time_transfer_count
    from entries
    where due_date <= (select as_of.as_of_date from as_of) and {{ touched_only('due_date') }}
    group by due_date, organisation_code, payment_route

),

reconciled as (

    select
        reconciliation_date as activity_date,
        organisation_code,
        payment_route,
        count(*) filter (where is_due) as reconciled_item_count,
        count(*) filter (where is_matched) as matched_item_count,
        sum(break_amount) as break_amount
    from items
    where {{ touched_only('reconciliation_date') }}
    group by reconciliation_date, organisation_code, payment_route

),

activity as (

    select * from ordered
    union all by name
    select * from cleared
    union all by name
    select * from transferred
    union all by name
    select * from reconciled

),

daily as (

    select
        activity_date,
        organisation_code,
        payment_route,
        cast(coalesce(sum(succeeded_top_up_amount), 0) as decimal(18, 2)) as succeeded_top_up_amount,
        cast(coalesce(sum(succeeded_withdrawal_amount), 0) as decimal(18, 2)) as succeeded_withdrawal_amount,
        cast(coalesce(sum(valid_payment_request_count), 0) as bigint) as valid_payment_request_count,
        cast(coalesce(sum(succeeded_payment_count), 0) as bigint) as succeeded_payment_count,
        cast(coalesce(sum(clearing_entry_count), 0) as bigint) as clearing_entry_count,
        cast(coalesce(sum(clearing_error_count), 0) as bigint) as clearing_error_count,
        cast(coalesce(sum(due_transfer_count), 0) as bigint) as due_transfer_count,
        cast(coalesce(sum(on_time_transfer_count), 0) as bigint) as on_time_transfer_count,
        cast(coalesce(sum(reconciled_item_count), 0) as bigint) as reconciled_item_count,
        cast(coalesce(sum(matched_item_count), 0) as bigint) as matched_item_count,
        cast(coalesce(sum(break_amount), 0) as decimal(18, 2)) as break_amount
    from activity
    group by activity_date, organisation_code, payment_route

)

select * from daily
