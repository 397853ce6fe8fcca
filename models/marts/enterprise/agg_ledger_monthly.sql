with

ledger_amounts as (

    select * from {{ ref('int_enterprise__ledger_amounts') }}

),

monthly as (

    select
        accounting_date,
        organisation_code,
        cast(sum(
            case when account_class in ('administrative', 'other_operating') then cost_amount else 0 end
        ) as decimal(18, 2)) as operating_expense_amount,
        cast(sum(case when is_fixed then cost_amount else 0 end) as decimal(18, 2)) as fixed_expense_amount,
        cast(sum(case when expense_function = 'operations' then cost_amount else 0 end) as decimal(18, 2)) as operations_cost_amount,
        cast(sum(case when expense_function = 'commission' then cost_amount else 0 end) as decimal(18, 2)) as commission_expense_amount
    from ledger_amounts
    group by accounting_date, organisation_code

)

select * from monthly
