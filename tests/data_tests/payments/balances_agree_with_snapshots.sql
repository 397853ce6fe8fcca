-- Detects balances lost or doubled between the complete snapshots delivered and the daily balances.
-- Guards the join of accounts to customers, and the days on which balances are moved by orders since the last snapshot.
-- A returned row is an end of month whose balances differ.
with

delivered as (

    select
        balance_date,
        sum(balance_amount) as balance_amount
    from {{ ref('stg_account__account_balances') }}
    where balance_date = last_day(balance_date)
    group by balance_date

),

daily as (

    select
        balance_date,
        sum(idle_balance_amount) as balance_amount
    from {{ ref('agg_account_balances_daily') }}
    group by balance_date

),

differing as (

    select
        delivered.balance_date,
        delivered.balance_amount as delivered_amount,
        daily.balance_amount as daily_amount
    from delivered
    left join daily on delivered.balance_date = daily.balance_date
    where delivered.balance_amount is distinct from daily.balance_amount

)

select * from differing
