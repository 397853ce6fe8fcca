-- depends_on: {{ ref('int_business__touched_premium_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='accounting_date',
        touched_dates_sql='select business_date from intermediate.int_business__touched_premium_dates'
    )
}}

with

payments as (

    select * from {{ ref('fct_premium_payments') }}
    where {{ touched_only('accounting_date') }}

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}
    where {{ touched_only('completed_date') }}

),

payments_of_cancelled as (

    select * from {{ ref('fct_premium_payments') }}
    where policy_number in (select cancellations.policy_number from cancellations)

),

received as (

    select
        accounting_date,
        organisation_code,
        channel_code,
        product_code,
        is_micro_premium,
        is_new_business,
        1 as payment_count,
        premium_amount,
        insurance_premium_amount,
        deposit_amount,
        0 as free_look_cancelled_amount
    from payments

),

-- A policy cancelled in its free-look period takes back, on the day of cancellation, the premium received for it until then.
taken_back as (

    select
        cancellations.completed_date as accounting_date,
        payments_of_cancelled.organisation_code,
        payments_of_cancelled.channel_code,
        payments_of_cancelled.product_code,
        payments_of_cancelled.is_micro_premium,
        payments_of_cancelled.is_new_business,
        0 as payment_count,
        -payments_of_cancelled.premium_amount as premium_amount,
        -payments_of_cancelled.insurance_premium_amount as insurance_premium_amount,
        -payments_of_cancelled.deposit_amount as deposit_amount,
        payments_of_cancelled.premium_amount as free_look_cancelled_amount
    from cancellations
    inner join payments_of_cancelled
        on
            cancellations.policy_number = payments_of_cancelled.policy_number
            and cancellations.completed_date >= payments_of_cancelled.accounting_date

),

booked as (

    select * from received
    union all
    select * from taken_back

),

daily as (

    select
        accounting_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(payment_count) as bigint) as payment_count,
        cast(sum(premium_amount) as decimal(18, 2)) as scale_premium_amount,
        cast(sum(insurance_premium_amount) as decimal(18, 2)) as insurance_premium_amount,
        cast(sum(deposit_amount) as decimal(18, 2)) as deposit_amount,
        cast(coalesce(sum(premium_amount) filter (where is_new_business), 0) as decimal(18, 2)) as first_year_premium_amount,
        cast(coalesce(sum(premium_amount) filter (where not is_new_business), 0) as decimal(18, 2)) as later_year_premium_amount,
        cast(
            coalesce(sum(premium_amount) filter (where is_new_business and not is_micro_premium), 0) as decimal(18, 2)
        ) as first_year_premium_excluding_micro_amount,
        cast(
            coalesce(sum(premium_amount) filter (where not is_micro_premium), 0) as decimal(18, 2)
        ) as scale_premium_excluding_micro_amount,
        cast(sum(free_look_cancelled_amount) as decimal(18, 2)) as free_look_cancelled_amount
    from booked
    group by accounting_date, organisation_code, channel_code, product_code

)

select * from daily
