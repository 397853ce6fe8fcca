-- depends_on: {{ ref('int_payments__touched_balance_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='balance_date',
        touched_dates_sql='select business_date from intermediate.int_payments__touched_balance_dates'
    )
}}

with

balances as (

    select * from {{ ref('stg_account__account_balances') }}

),

accounts as (

    select * from {{ ref('stg_account__accounts') }}

),

orders as (

    select * from {{ ref('fct_payment_orders') }}

),

order_types as (

    select * from {{ ref('order_types') }}

),

fund_transactions as (

    select * from {{ ref('stg_account__fund_transactions') }}
    where {{ touched_only('confirmed_date') }}

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

holders as (

    select
        customer_records.customer_id,
        customer_records.organisation_code,
        customers.segment_code
    from customer_records
    inner join customers on customer_records.customer_key = customers.customer_key

),

-- Ends of months hold every account with something in it; the snapshots between hold only what moved.
snapshots as (

    select
        balances.balance_date,
        holders.organisation_code,
        holders.segment_code,
        sum(balances.balance_amount) as balance_amount
    from balances
    left join accounts on balances.account_number = accounts.account_number
    left join holders on accounts.customer_id = holders.customer_id
    where balances.balance_date = last_day(balances.balance_date)
    group by balances.balance_date, holders.organisation_code, holders.segment_code

),

snapshot_dates as (

    select distinct balance_date as snapshot_date from snapshots

),

first_dates as (

    select least((select min(orders.order_date) from orders), (select min(snapshots.balance_date) from snapshots)) as first_date

),

all_days as (

    select cast(unnest(generate_series(first_dates.first_date, as_of.as_of_date, interval 1 day)) as date) as balance_date
    from first_dates
    cross join as_of

),

wanted as (

    select
        all_days.balance_date,
        coalesce(snapshot_dates.snapshot_date, date '1900-01-01') as snapshot_date
    from all_days
    asof left join snapshot_dates on all_days.balance_date >= snapshot_dates.snapshot_date
    where {{ touched_only('all_days.balance_date') }}

),

movements as (

    select
        orders.order_date,
        holders.organisation_code,
        holders.segment_code,
        sum(case order_types.balance_direction when 'in' then orders.order_amount else -orders.order_amount end) as moved_amount
    from orders
    inner join order_types on orders.order_type = order_types.order_type
    left join holders on orders.customer_id = holders.customer_id
    where
        orders.is_succeeded
        and (not orders.is_payment or orders.payment_route = 'balance')
        and orders.order_date > (select min(wanted.snapshot_date) from wanted)
    group by orders.order_date, holders.organisation_code, holders.segment_code

),

groups as (

    select
        organisation_code,
        segment_code
    from snapshots
    union
    select
        organisation_code,
        segment_code
    from movements

),

-- A day's balance is that of the last complete snapshot, moved by the orders since.
spine as (

    select
        wanted.balance_date,
        wanted.snapshot_date,
        groups.organisation_code,
        groups.segment_code
    from wanted
    cross join groups

),

moved as (

    select
        spine.balance_date,
        spine.organisation_code,
        spine.segment_code,
        sum(movements.moved_amount) as moved_amount
    from spine
    inner join movements
        on
            spine.organisation_code is not distinct from movements.organisation_code
            and spine.segment_code is not distinct from movements.segment_code
            and spine.balance_date >= movements.order_date
            and spine.snapshot_date < movements.order_date
    group by spine.balance_date, spine.organisation_code, spine.segment_code

),

transferred as (

    select
        fund_transactions.confirmed_date,
        holders.organisation_code,
        holders.segment_code,
        sum(fund_transactions.transaction_amount) filter (where fund_transactions.transaction_type = 'purchase') as purchase_amount,
        sum(fund_transactions.transaction_amount) filter (where fund_transactions.transaction_type <> 'purchase') as redemption_amount
    from fund_transactions
    left join accounts on fund_transactions.account_number = accounts.account_number
    left join holders on accounts.customer_id = holders.customer_id
    group by fund_transactions.confirmed_date, holders.organisation_code, holders.segment_code

),

daily as (

    select
        spine.balance_date,
        spine.organisation_code,
        spine.segment_code,
        cast(coalesce(snapshots.balance_amount, 0) + coalesce(moved.moved_amount, 0) as decimal(18, 2)) as idle_balance_amount,
        cast(coalesce(transferred.purchase_amount, 0) as decimal(18, 2)) as money_fund_purchase_amount,
        cast(coalesce(transferred.redemption_amount, 0) as decimal(18, 2)) as money_fund_redemption_amount
    from spine
    left join snapshots
        on
            spine.snapshot_date = snapshots.balance_date
            and spine.organisation_code is not distinct from snapshots.organisation_code
            and spine.segment_code is not distinct from snapshots.segment_code
    left join moved
        on
            spine.balance_date = moved.balance_date
            and spine.organisation_code is not distinct from moved.organisation_code
            and spine.segment_code is not distinct from moved.segment_code
    left join transferred
        on
            spine.balance_date = transferred.confirmed_date
            and spine.organisation_code is not distinct from transferred.organisation_code
            and spine.segment_code is not distinct from transferred.segment_code

)

select * from daily
