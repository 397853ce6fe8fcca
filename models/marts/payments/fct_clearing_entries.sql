-- depends_on: {{ ref('int_payments__touched_clearing_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='clearing_date',
    touched_dates_sql='select business_date from intermediate.int_payments__touched_clearing_dates'
) }}

with

entries as (

    select * from {{ ref('stg_account__clearing_entries') }}
    where {{ touched_only('clearing_date') }}

),

orders as (

    select * from {{ ref('stg_account__payment_orders') }}
    where order_number in (select entries.order_number from entries)

),

compared as (

    select
        entries.*,
        orders.payment_route,
        orders.order_date,
        orders.payee_organisation_code as order_payee_organisation_code,
        -- An order that did not succeed moves no money: whatever is cleared for it is too much.
        cast(case when orders.order_status = 'succeeded' then orders.amount else 0 end as decimal(18, 2)) as order_amount
    from entries
    left join orders on entries.order_number = orders.order_number

),

facts as (

    select
        -- keys
        entry_number,
        order_number,
        coalesce(order_payee_organisation_code, payee_organisation_code) as organisation_code,
        payee_organisation_code,
        order_payee_organisation_code,
        -- attributes
        coalesce(payment_route, 'unknown') as payment_route,
        -- dates and times
        order_date,
        clearing_date,
        due_date,
        settled_date,
        -- amounts and counts
        amount as entry_amount,
        order_amount,
        cast(amount - order_amount as decimal(18, 2)) as difference_amount,
        -- flags
        amount != order_amount as is_wrong_amount,
        payee_organisation_code != coalesce(order_payee_organisation_code, '') as is_wrong_payee,
        amount != order_amount or payee_organisation_code != coalesce(order_payee_organisation_code, '') as is_error,
        coalesce(settled_date <= due_date, false) as is_on_time
    from compared

)

select * from facts
