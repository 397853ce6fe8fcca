with

accounts as (

    select * from {{ ref('stg_account__accounts') }}

),

balances as (

    select * from {{ ref('stg_account__account_balances') }}
    where balance_date = last_day(balance_date)

),

-- A snapshot holds every account with money in it, so it stands until the next one: an account that is missing there is empty.
snapshots as (

    select
        balance_date,
        lead(balance_date) over (order by balance_date) as next_balance_date
    from balances
    group by balance_date

),

spells as (

    select
        balances.account_number,
        accounts.customer_id,
        balances.balance_date as started_date,
        snapshots.next_balance_date as ended_date
    from balances
    inner join snapshots on balances.balance_date = snapshots.balance_date
    inner join accounts on balances.account_number = accounts.account_number
    where balances.balance_amount + balances.money_fund_amount > 0

)

select * from spells
