-- depends_on: {{ ref('int_payments__touched_reconciliation_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='reconciliation_date',
    touched_dates_sql='select business_date from intermediate.int_payments__touched_reconciliation_dates'
) }}

with

orders as (

    select * from {{ ref('stg_account__payment_orders') }}
    where {{ touched_only('order_date') }}

),

lines as (

    select * from {{ ref('stg_account__bank_statement_lines') }}

),

routes as (

    select * from {{ ref('payment_routes') }}

),

order_types as (

    select * from {{ ref('order_types') }}

),

parameters as (

    select max(parameter_value) filter (where parameter_code = 'reconciliation_days') as reconciliation_days
    from {{ ref('payment_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

account_company as (

    select organisation_code
    from {{ ref('stg_master_data__organisations') }}
    order by (company_type = 'account' and organisation_level = 1) desc, organisation_level, organisation_code
    limit 1

),

-- Money in counts as plus, money out as minus, on both sides: the difference is then what the bank has more than the books.
expected as (

    select
        orders.order_number,
        orders.organisation_code,
        orders.payment_route,
        orders.order_date,
        orders.order_status = 'succeeded' and routes.is_bank_settled as is_expected_at_bank,
        cast(
            case
                when orders.order_status = 'succeeded' and routes.is_bank_settled
                    then case order_types.bank_direction when 'in' then orders.amount else -orders.amount end
                else 0
            end as decimal(18, 2)
        ) as book_amount
    from orders
    left join routes on orders.payment_route = routes.payment_route
    left join order_types on orders.order_type = order_types.order_type

),

booked as (

    select
        order_number,
        min(line_number) as line_number,
        min(bank_code) as bank_code,
        min(booked_date) as booked_date,
        count(*) as line_count,
        cast(sum(case direction when 'in' then amount else -amount end) as decimal(18, 2)) as bank_amount
    from lines
    where order_number in (select orders.order_number from orders)
    group by order_number

),

order_items as (

    select
        expected.order_number as item_code,
        expected.order_number,
        booked.line_number,
        booked.bank_code,
        expected.organisation_code,
        expected.payment_route,
        expected.order_date as reconciliation_date,
        booked.booked_date,
        expected.is_expected_at_bank,
        coalesce(booked.line_count, 0) as line_count,
        expected.book_amount,
        cast(coalesce(booked.bank_amount, 0) as decimal(18, 2)) as bank_amount,
        expected.order_date + parameters.reconciliation_days as due_date
    from expected
    cross join parameters
    left join booked on expected.order_number = booked.order_number
    where expected.is_expected_at_bank or booked.order_number is not null

),

unexplained_lines as (

    select * from lines
    where
        {{ touched_only('booked_date') }}
        and not exists (
            select 1
            from {{ ref('stg_account__payment_orders') }} as all_orders
            where all_orders.order_number = lines.order_number
        )

),

-- A line that no order explains belongs to no unit: the account company, which keeps the bank accounts, answers for it, or
-- the group where there is none.
line_items as (

    select
        unexplained_lines.line_number as item_code,
        unexplained_lines.order_number,
        unexplained_lines.line_number,
        unexplained_lines.bank_code,
        account_company.organisation_code,
        'unknown' as payment_route,
        unexplained_lines.booked_date as reconciliation_date,
        unexplained_lines.booked_date,
        false as is_expected_at_bank,
        1 as line_count,
        cast(0 as decimal(18, 2)) as book_amount,
        cast(
            case unexplained_lines.direction when 'in' then unexplained_lines.amount else -unexplained_lines.amount end
            as decimal(18, 2)
        ) as bank_amount,
        unexplained_lines.booked_date as due_date
    from unexplained_lines
    cross join account_company

),

items as (

    select * from order_items
    union all
    select * from line_items

),

judged as (

    select
        items.*,
        cast(items.bank_amount - items.book_amount as decimal(18, 2)) as difference_amount,
        case
            when items.line_count = 0 and items.due_date > as_of.as_of_date then 'pending'
            when items.line_count = 0 then 'missing_at_bank'
            -- A booking and its reversal at the bank leave nothing to explain.
            when items.bank_amount = items.book_amount then 'matched'
            when not items.is_expected_at_bank then 'missing_in_books'
            else 'amount_differs'
        end as reconciliation_result
    from items
    cross join as_of

),

facts as (

    select
        -- keys
        item_code,
        order_number,
        line_number,
        organisation_code,
        bank_code,
        -- attributes
        payment_route,
        reconciliation_result,
        case
            when reconciliation_result in ('matched', 'pending') then null
            when difference_amount > 0 then 'long'
            when difference_amount < 0 then 'short'
        end as break_kind,
        -- dates and times
        reconciliation_date,
        booked_date,
        -- amounts and counts
        line_count,
        book_amount,
        bank_amount,
        difference_amount,
        cast(
            case when reconciliation_result in ('matched', 'pending') then 0 else abs(difference_amount) end as decimal(18, 2)
        ) as break_amount,
        -- flags
        reconciliation_result != 'pending' as is_due,
        reconciliation_result = 'matched' as is_matched
    from judged

)

select * from facts
