-- Detects investments or their results lost between the positions delivered and the months.
-- Guards the assumption that summing over accounts and asset classes leaves no holding out, on which yields rest.
-- A returned row is a total that differs from the positions delivered, with both.
with

delivered as (

    select
        coalesce(sum(book_amount), 0) as book_amount,
        coalesce(sum(
            income_amount + fair_value_change_amount + exchange_gain_amount - impairment_amount - interest_expense_amount
        ), 0) as financial_result_amount
    from {{ ref('stg_finance__investment_positions') }}

),

totals as (

    select
        'closing_book_amount' as step_name,
        (select coalesce(sum(closing_book_amount), 0) from {{ ref('agg_investments_monthly') }}) as step_amount,
        delivered.book_amount as delivered_amount
    from delivered

    union all

    select
        'financial_result_amount' as step_name,
        (select coalesce(sum(financial_result_amount), 0) from {{ ref('agg_investments_monthly') }}) as step_amount,
        delivered.financial_result_amount as delivered_amount
    from delivered

),

differing as (

    select * from totals
    where step_amount != delivered_amount

)

select * from differing
