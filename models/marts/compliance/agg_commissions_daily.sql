{{ config(
    materialized='by_business_date',
    business_date='paid_date',
    touched_dates_sql='select business_date from intermediate.int_compliance__touched_paid_dates'
) }}
-- depends_on: {{ ref('int_compliance__touched_paid_dates') }}

with

commissions as (

    select * from {{ ref('fct_commissions') }}
    where {{ touched_only('paid_date') }}

),

daily as (

    select
        paid_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(commission_amount) as decimal(18, 2)) as commission_amount,
        cast(sum(commissioned_premium_amount) as decimal(18, 2)) as commissioned_premium_amount
    from commissions
    group by paid_date, organisation_code, channel_code, product_code

)

select * from daily
