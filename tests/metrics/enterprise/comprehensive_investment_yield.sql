-- 综合投资收益率: income, fair value changes of both kinds and exchange gains less impairment and interest, over the mean of the month's two ends in years.
with months as (
    select organisation_code, position_date, sum(book_amount) as book,
        sum(income_amount) + sum(fair_value_change_amount) + sum(exchange_gain_amount) - sum(impairment_amount)
        - sum(interest_expense_amount) + sum(unrealised_change_amount) as result
    from raw.finance.investment_position
    group by all
)

select position_date as business_date, organisation_code, result as numerator,
    (coalesce(lag(book) over (partition by organisation_code order by position_date), book) + book) / 2.0 / 12.0 as denominator
from months
