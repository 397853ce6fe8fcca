{{ config(
    materialized='by_business_date',
    business_date='due_date',
    touched_dates_sql='select business_date from intermediate.int_credit__touched_due_dates'
) }}
-- depends_on: {{ ref('int_credit__touched_due_dates') }}

with

instalments as (

    select * from {{ ref('stg_lending__instalments') }}
    where {{ touched_only('due_date') }}

),

loans as (

    select * from {{ ref('stg_lending__loans') }}

),

dated as (

    select
        instalments.loan_number,
        instalments.instalment_number,
        instalments.due_date,
        loans.organisation_code,
        loans.channel_code,
        loans.product_code,
        instalments.principal_due_amount,
        instalments.interest_due_amount,
        cast(coalesce(instalments.paid_amount, 0) as decimal(18, 2)) as paid_amount,
        instalments.paid_date,
        instalments.paid_date is not null as is_paid,
        instalments.instalment_number = 1 as is_first_instalment,
        cast(instalments.paid_date - instalments.due_date as integer) as days_paid_after_due
    from instalments
    inner join loans on instalments.loan_number = loans.loan_number

)

select * from dated
