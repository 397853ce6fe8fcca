with

orders as (

    select * from {{ ref('stg_account__payment_orders') }}

),

lines as (

    select * from {{ ref('stg_account__bank_statement_lines') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

parameters as (

    select * from {{ ref('payment_parameters') }}

),

touched_order_dates as (

    {{ touched_dates_of(['account.payment_order']) }}

),

touched_line_dates as (

    {{ touched_dates_of(['account.bank_statement_line']) }}

),

-- A line delivered for an order of an earlier date settles that order.
settled as (

    select orders.order_date as business_date
    from orders
    where orders.order_number in (
        select lines.order_number
        from lines
        where lines.booked_date in (select touched_line_dates.business_date from touched_line_dates)
    )

),

-- An order delivered after its line takes the line out of those no order explains.
explained as (

    select lines.booked_date as business_date
    from lines
    where lines.order_number in (
        select orders.order_number
        from orders
        where orders.order_date in (select touched_order_dates.business_date from touched_order_dates)
    )

),

-- Orders that waited for their line at the last build may be overdue now.
waiting as (

    select distinct orders.order_date as business_date
    from orders
    where orders.order_date > (
        select last_built.last_built_date - parameters.parameter_value
        from last_built
        cross join parameters
        where parameters.parameter_code = 'reconciliation_days'
    )

),

-- What a corrected delivery has taken away can no longer be joined, so every date is built again.
withdrawn as (

    select orders.order_date as business_date
    from orders
    where
        exists (
            select 1 from corrected
            where corrected.source_name = 'account'
        )

    union

    select lines.booked_date as business_date
    from lines
    where exists (
        select 1 from corrected
        where corrected.source_name = 'account'
    )

),

touched as (

    select business_date from touched_order_dates
    union
    select business_date from touched_line_dates
    union
    select business_date from settled
    union
    select business_date from explained
    union
    select business_date from waiting
    union
    select business_date from withdrawn

)

select * from touched
