-- Detects orders or statement lines that the reconciliation has lost or taken twice.
-- Guards the identities: bank amounts of all items = statement lines, book amounts = succeeded bank-settled orders,
-- books + long - short = bank for items that are due.
-- A returned row is an identity that fails, with both sides.
with

items as (

    select
        coalesce(sum(bank_amount), 0) as bank_amount,
        coalesce(sum(line_count), 0) as line_count,
        coalesce(sum(book_amount), 0) as book_amount,
        coalesce(sum(book_amount) filter (where is_due), 0) as due_book_amount,
        coalesce(sum(break_amount) filter (where break_kind = 'long'), 0) as long_amount,
        coalesce(sum(break_amount) filter (where break_kind = 'short'), 0) as short_amount
    from {{ ref('fct_reconciliation') }}

),

statement_lines as (

    select
        coalesce(sum(case direction when 'in' then amount else -amount end), 0) as bank_amount,
        count(*) as line_count
    from {{ ref('stg_account__bank_statement_lines') }}

),

orders as (

    select coalesce(sum(case bank_direction when 'in' then order_amount else -order_amount end), 0) as book_amount
    from {{ ref('fct_payment_orders') }}
    where is_expected_at_bank

),

identities as (

    select
        'bank amount' as identity_name,
        items.bank_amount as left_side,
        statement_lines.bank_amount as right_side
    from items
    cross join statement_lines

    union all

    select
        'line count' as identity_name,
        items.line_count as left_side,
        statement_lines.line_count as right_side
    from items
    cross join statement_lines

    union all

    select
        'book amount' as identity_name,
        items.book_amount as left_side,
        orders.book_amount as right_side
    from items
    cross join orders

    union all

    select
        'books and breaks make the bank' as identity_name,
        due_book_amount + long_amount - short_amount as left_side,
        bank_amount as right_side
    from items

),

failing as (

    select * from identities
    where left_side != right_side

)

select * from failing
