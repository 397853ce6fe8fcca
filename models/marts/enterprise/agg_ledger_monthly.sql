with

ledger_amounts as (

    select * from {{ ref('int_enterprise__ledger_amounts') }}

),

organisations as (

    select
        organisation_code,
        company_type in ('life', 'property') as is_insurer
    from {{ ref('dim_organisation') }}

),

monthly as (

    select
        ledger_amounts.accounting_date,
        ledger_amounts.organisation_code,
        organisations.is_insurer,
        cast(sum(
            case when ledger_amounts.account_class in ('administrative', 'other_operating') then ledger_amounts.cost_amount else 0 end
        ) as decimal(18, 2)) as operating_expense_amount,
        cast(sum(case when ledger_amounts.is_fixed then ledger_amounts.cost_amount else 0 end) as decimal(18, 2)) as fixed_expense_amount,
        cast(sum(
            case when ledger_amounts.expense_function = 'operations' then ledger_amounts.cost_amount else 0 end
        ) as decimal(18, 2)) as operations_cost_amount,
        cast(sum(
            case when ledger_amounts.expense_function = 'commission' then ledger_amounts.cost_amount else 0 end
        ) as decimal(18, 2)) as commission_expense_amount
    from ledger_amounts
    inner join organisations on ledger_amounts.organisation_code = organisations.organisation_code
    group by ledger_amounts.accounting_date, ledger_amounts.organisation_code, organisations.is_insurer

)

select * from monthly
