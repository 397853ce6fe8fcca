with

entries as (

    select * from {{ ref('stg_finance__ledger_entries') }}

),

accounts as (

    select * from {{ ref('stg_finance__ledger_accounts') }}

),

profit_parts as (

    select * from {{ ref('ledger_profit_parts') }}

),

-- The row of the account itself comes before that of its function.
parted_accounts as (

    select
        accounts.account_code,
        accounts.account_class,
        accounts.expense_function,
        accounts.is_fixed,
        profit_parts.profit_part
    from accounts
    inner join profit_parts
        on
            accounts.expense_function = profit_parts.expense_function
            and profit_parts.account_code in (accounts.account_code, 'any')
    where accounts.account_class in ('income', 'expense', 'administrative', 'other_operating')
    qualify row_number() over (partition by accounts.account_code order by profit_parts.account_code = 'any') = 1

),

amounts as (

    select
        entries.accounting_date,
        entries.organisation_code,
        entries.account_code,
        parted_accounts.account_class,
        parted_accounts.expense_function,
        parted_accounts.is_fixed,
        parted_accounts.profit_part,
        entries.debit_amount - entries.credit_amount as cost_amount
    from entries
    inner join parted_accounts on entries.account_code = parted_accounts.account_code

)

select * from amounts
