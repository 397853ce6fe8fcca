with

accounts as (

    select * from {{ ref('stg_finance__ledger_accounts') }}
    where expense_function = 'sales'

),

entries as (

    select * from {{ ref('stg_finance__ledger_entries') }}

),

budgets as (

    select * from {{ ref('stg_finance__budgets') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

spent as (

    select
        cast(date_trunc('quarter', entries.accounting_date) as date) as quarter_start_date,
        entries.organisation_code,
        entries.channel_code,
        entries.debit_amount - entries.credit_amount as expense_amount,
        0 as budget_amount
    from entries
    inner join accounts on entries.account_code = accounts.account_code

),

-- The budget of a quarter that has not begun is no part of the year to date.
budgeted as (

    select
        cast(date_trunc('quarter', budgets.period_start_date) as date) as quarter_start_date,
        budgets.organisation_code,
        budgets.channel_code,
        0 as expense_amount,
        budgets.budget_amount
    from budgets
    inner join accounts on budgets.account_code = accounts.account_code
    inner join as_of on budgets.period_start_date <= as_of.as_of_date

),

compared as (

    select * from spent
    union all
    select * from budgeted

),

quarterly as (

    select
        quarter_start_date,
        organisation_code,
        channel_code,
        cast(sum(expense_amount) as decimal(18, 2)) as expense_amount,
        cast(sum(budget_amount) as decimal(18, 2)) as budget_amount
    from compared
    group by quarter_start_date, organisation_code, channel_code

)

select * from quarterly
