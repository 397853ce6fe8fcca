-- depends_on: {{ ref('int_business__touched_accounting_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='accounting_date',
        touched_dates_sql='select business_date from intermediate.int_business__touched_accounting_dates'
    )
}}

with

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}
    where {{ touched_only('accounting_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

attributed as (

    select
        payments.payment_number,
        payments.policy_number,
        policies.product_code,
        policies.organisation_code,
        policies.channel_code,
        policies.intermediary_code,
        policies.employee_code,
        policies.payment_frequency,
        payments.payment_method,
        payments.due_date,
        payments.accounting_date,
        payments.policy_year,
        payments.premium_amount,
        coalesce(payments.account_value_amount, 0) as account_value_amount,
        products.is_insurance_contract,
        products.is_micro_premium
    from payments
    inner join policies on payments.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code

),

split as (

    select
        payment_number,
        policy_number,
        product_code,
        organisation_code,
        channel_code,
        intermediary_code,
        employee_code,
        payment_frequency,
        payment_method,
        due_date,
        accounting_date,
        policy_year,
        premium_amount,
        cast(
            case when is_insurance_contract then premium_amount - account_value_amount else 0 end as decimal(18, 2)
        ) as insurance_premium_amount,
        cast(
            case when is_insurance_contract then account_value_amount else premium_amount end as decimal(18, 2)
        ) as deposit_amount,
        policy_year = 1 as is_new_business,
        is_micro_premium
    from attributed

)

select * from split
