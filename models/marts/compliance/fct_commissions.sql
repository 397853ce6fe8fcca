{{ config(
    materialized='by_business_date',
    business_date='paid_date',
    touched_dates_sql='select business_date from intermediate.int_compliance__touched_paid_dates'
) }}
-- depends_on: {{ ref('int_compliance__touched_paid_dates') }}

with

commissions as (

    select * from {{ ref('stg_compliance__commissions') }}
    where {{ touched_only('paid_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

paid as (

    select
        commissions.commission_number,
        commissions.paid_date,
        commissions.policy_number,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        commissions.intermediary_code,
        commissions.employee_code,
        policies.payment_term_years,
        commissions.policy_year,
        commissions.premium_amount as commissioned_premium_amount,
        commissions.commission_amount
    from commissions
    inner join policies on commissions.policy_number = policies.policy_number

)

select * from paid
