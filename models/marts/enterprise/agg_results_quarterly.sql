with

ledger_amounts as (

    select * from {{ ref('int_enterprise__ledger_amounts') }}

),

balance_sheet_items as (

    select * from {{ ref('stg_finance__balance_sheet_items') }}

),

organisations as (

    select
        organisation_code,
        coalesce(company_code, organisation_code) as company_code,
        company_type in ('life', 'property') as is_insurer
    from {{ ref('dim_organisation') }}

),

-- The quarters whose books are closed. The first balance sheet has no opening; it opens with itself.
closings as (

    select
        organisation_code,
        balance_date,
        cast(date_trunc('quarter', balance_date) as date) as quarter_start_date,
        item_amount as closing_net_assets_amount,
        coalesce(
            lag(item_amount) over (partition by organisation_code order by balance_date), item_amount
        ) as opening_net_assets_amount
    from balance_sheet_items
    where item_code = 'net_assets'

),

earned as (

    select
        closings.organisation_code,
        closings.balance_date,
        -sum(ledger_amounts.cost_amount) as net_profit_amount,
        -sum(
            case when ledger_amounts.profit_part = 'underwriting' and organisations.is_insurer then ledger_amounts.cost_amount else 0 end
        ) as underwriting_profit_amount,
        -sum(
            case when ledger_amounts.profit_part = 'investment' then ledger_amounts.cost_amount else 0 end
        ) as investment_profit_amount
    from ledger_amounts
    inner join organisations on ledger_amounts.organisation_code = organisations.organisation_code
    inner join closings
        on
            organisations.company_code = closings.organisation_code
            and ledger_amounts.accounting_date between closings.quarter_start_date and closings.balance_date
    group by closings.organisation_code, closings.balance_date

),

quarterly as (

    select
        closings.balance_date,
        closings.organisation_code,
        cast(coalesce(earned.net_profit_amount, 0) as decimal(18, 2)) as net_profit_amount,
        cast(coalesce(earned.underwriting_profit_amount, 0) as decimal(18, 2)) as underwriting_profit_amount,
        cast(coalesce(earned.investment_profit_amount, 0) as decimal(18, 2)) as investment_profit_amount,
        closings.opening_net_assets_amount,
        closings.closing_net_assets_amount
    from closings
    left join earned
        on
            closings.organisation_code = earned.organisation_code
            and closings.balance_date = earned.balance_date

)

select * from quarterly
