{{ config(materialized='by_business_date', business_date='snapshot_date', touched_by=['account.account_balance']) }}

with

-- Only the ends of months hold every account.
balances as (

    select * from {{ ref('stg_account__account_balances') }}
    where
        balance_date = last_day(balance_date)
        and annual_limit_amount > 0
        and {{ touched_only('balance_date') }}

),

accounts as (

    select * from {{ ref('stg_account__accounts') }}

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parameters as (

    select parameter_value as warning_percent
    from {{ ref('payment_parameters') }}
    where parameter_code = 'limit_warning_percent'

),

monthly as (

    select
        balances.balance_date as snapshot_date,
        customer_records.organisation_code,
        customers.segment_code,
        cast(sum(balances.limit_used_amount) as decimal(18, 2)) as limit_used_amount,
        cast(sum(balances.annual_limit_amount) as decimal(18, 2)) as limit_amount,
        count(*) filter (
            where balances.limit_used_amount * 100 >= balances.annual_limit_amount * parameters.warning_percent
        ) as warned_account_count
    from balances
    cross join parameters
    left join accounts on balances.account_number = accounts.account_number
    left join customer_records on accounts.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key
    group by balances.balance_date, customer_records.organisation_code, customers.segment_code

)

select * from monthly
