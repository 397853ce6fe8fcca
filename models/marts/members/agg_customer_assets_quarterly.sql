with

accounts as (

    select * from {{ ref('stg_account__accounts') }}

),

balances as (

    select * from {{ ref('stg_account__account_balances') }}
    where balance_date = last_day(balance_date) and month(balance_date) % 3 = 0

),

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

policy_values as (

    select * from {{ ref('stg_policy_admin__policy_values') }}
    where valuation_date = last_day(valuation_date) and month(valuation_date) % 3 = 0

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parts as (

    select
        balances.balance_date as snapshot_date,
        accounts.customer_id,
        customer_records.organisation_code,
        balances.balance_amount,
        balances.money_fund_amount,
        0 as cash_value_amount,
        0 as account_value_amount,
        0 as policy_loan_amount,
        0 as premium_advance_amount
    from balances
    inner join accounts on balances.account_number = accounts.account_number
    left join customer_records on accounts.customer_id = customer_records.customer_id

    union all

    select
        policy_values.valuation_date as snapshot_date,
        policies.customer_id,
        policies.organisation_code,
        0 as balance_amount,
        0 as money_fund_amount,
        policy_values.cash_value_amount,
        policy_values.account_value_amount,
        policy_values.policy_loan_amount,
        policy_values.premium_advance_amount
    from policy_values
    inner join policies on policy_values.policy_number = policies.policy_number

),

summed as (

    select
        parts.snapshot_date,
        parts.organisation_code,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        cast(sum(parts.balance_amount) as decimal(18, 2)) as account_balance_amount,
        cast(sum(parts.money_fund_amount) as decimal(18, 2)) as money_fund_amount,
        cast(sum(parts.cash_value_amount) as decimal(18, 2)) as cash_value_amount,
        cast(sum(parts.account_value_amount) as decimal(18, 2)) as account_value_amount,
        cast(sum(parts.policy_loan_amount) as decimal(18, 2)) as policy_loan_amount,
        cast(sum(parts.premium_advance_amount) as decimal(18, 2)) as premium_advance_amount
    from parts
    left join customer_records on parts.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key
    group by 1, 2, 3

),

netted as (

    select
        *,
        cast(
            cash_value_amount + account_value_amount - policy_loan_amount - premium_advance_amount as decimal(18, 2)
        ) as policy_value_amount,
        cast(
            account_balance_amount + money_fund_amount
            + cash_value_amount + account_value_amount - policy_loan_amount - premium_advance_amount as decimal(18, 2)
        ) as customer_asset_amount
    from summed

)

select * from netted
