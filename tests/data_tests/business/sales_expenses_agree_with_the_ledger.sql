-- Detects sales expenses lost or doubled between the ledger and the quarterly aggregate.
-- Guards the joins to accounts and the quarters: every entry of a sales account counts once.
-- A returned row is a year whose expenses differ.
with

booked as (

    select
        year(entries.accounting_date) as expense_year,
        sum(entries.debit_amount - entries.credit_amount) as expense_amount
    from {{ ref('stg_finance__ledger_entries') }} as entries
    where
        entries.account_code in (
            select accounts.account_code
            from {{ ref('stg_finance__ledger_accounts') }} as accounts
            where accounts.expense_function = 'sales'
        )
    group by year(entries.accounting_date)

),

aggregated as (

    select
        year(quarter_start_date) as expense_year,
        sum(expense_amount) as expense_amount
    from {{ ref('agg_sales_expenses_quarterly') }}
    group by year(quarter_start_date)

)

select
    booked.*,
    aggregated.expense_amount as aggregated_amount
from booked
left join aggregated on booked.expense_year = aggregated.expense_year
where booked.expense_amount is distinct from aggregated.expense_amount
