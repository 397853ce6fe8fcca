-- Detects costs lost or counted twice between the ledger entries, the monthly sums and the quarterly results.
-- Guards the assumption that every account of cost has exactly one part of profit, and that every organisation has one company.
-- A returned row is a total that differs from the entries, with both.
with

closings as (

    select
        organisation_code,
        balance_date,
        true as is_closed
    from {{ ref('stg_finance__balance_sheet_items') }}
    where item_code = 'net_assets'

),

entries as (

    select
        sum(entries.debit_amount - entries.credit_amount) filter (
            where accounts.account_class in ('administrative', 'other_operating')
        ) as operating_expense_amount,
        -sum(entries.debit_amount - entries.credit_amount) filter (
            where accounts.account_class not in ('asset', 'liability', 'equity') and closings.is_closed
        ) as net_profit_amount
    from {{ ref('stg_finance__ledger_entries') }} as entries
    inner join {{ ref('stg_finance__ledger_accounts') }} as accounts on entries.account_code = accounts.account_code
    inner join {{ ref('dim_organisation') }} as organisations on entries.organisation_code = organisations.organisation_code
    left join closings
        on
            coalesce(organisations.company_code, organisations.organisation_code) = closings.organisation_code
            and entries.accounting_date between date_trunc('quarter', closings.balance_date) and closings.balance_date

),

totals as (

    select
        'agg_ledger_monthly' as step_name,
        (select coalesce(sum(operating_expense_amount), 0) from {{ ref('agg_ledger_monthly') }}) as step_amount,
        coalesce(entries.operating_expense_amount, 0) as entered_amount
    from entries

    union all

    select
        'agg_results_quarterly' as step_name,
        (select coalesce(sum(net_profit_amount), 0) from {{ ref('agg_results_quarterly') }}) as step_amount,
        coalesce(entries.net_profit_amount, 0) as entered_amount
    from entries

),

differing as (

    select * from totals
    where step_amount != entered_amount

)

select * from differing
