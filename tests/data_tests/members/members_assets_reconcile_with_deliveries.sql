-- Detects assets of customers that were lost or counted twice between the snapshots delivered and the quarterly sums.
-- Guards the assumption that every account and every valued policy has one holder and one organisation.
-- A returned row is a quarter end at which the total differs from the balances, money funds and net policy values delivered.
with

delivered as (

    select
        balance_date as snapshot_date,
        balance_amount + money_fund_amount as amount
    from {{ ref('stg_account__account_balances') }}

    union all

    select
        valuation_date as snapshot_date,
        cash_value_amount + account_value_amount - policy_loan_amount - premium_advance_amount as amount
    from {{ ref('stg_policy_admin__policy_values') }}

),

delivered_totals as (

    select
        snapshot_date,
        sum(amount) as delivered_amount
    from delivered
    where snapshot_date = last_day(snapshot_date) and month(snapshot_date) % 3 = 0
    group by snapshot_date

),

totals as (

    select
        snapshot_date,
        sum(customer_asset_amount) as total_amount,
        sum(account_balance_amount + money_fund_amount + policy_value_amount) as parts_amount
    from {{ ref('agg_customer_assets_quarterly') }}
    group by snapshot_date

),

differing as (

    select
        delivered_totals.snapshot_date,
        delivered_totals.delivered_amount,
        totals.total_amount,
        totals.parts_amount
    from delivered_totals
    left join totals on delivered_totals.snapshot_date = totals.snapshot_date
    where
        delivered_totals.delivered_amount is distinct from totals.total_amount
        or totals.total_amount is distinct from totals.parts_amount

)

select * from differing
