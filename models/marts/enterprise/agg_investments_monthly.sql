with

positions as (

    select * from {{ ref('stg_finance__investment_positions') }}

),

summed as (

    select
        position_date,
        organisation_code,
        sum(book_amount) as closing_book_amount,
        sum(
            income_amount + fair_value_change_amount + exchange_gain_amount - impairment_amount - interest_expense_amount
        ) as financial_result_amount,
        sum(unrealised_change_amount) as unrealised_change_amount
    from positions
    group by position_date, organisation_code

),

-- The first month has no opening; it opens with its own close.
monthly as (

    select
        position_date,
        organisation_code,
        cast(coalesce(
            lag(closing_book_amount) over (partition by organisation_code order by position_date), closing_book_amount
        ) as decimal(18, 2)) as opening_book_amount,
        cast(closing_book_amount as decimal(18, 2)) as closing_book_amount,
        cast(financial_result_amount as decimal(18, 2)) as financial_result_amount,
        cast(unrealised_change_amount as decimal(18, 2)) as unrealised_change_amount
    from summed

)

select * from monthly
