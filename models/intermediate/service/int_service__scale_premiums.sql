with

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

products as (

    select * from {{ ref('stg_master_data__products') }}
    where not is_micro_premium

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

received as (

    select
        payments.accounting_date,
        policies.organisation_code,
        payments.premium_amount
    from payments
    inner join policies on payments.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code

),

-- A policy handed back in its free-look period takes its premium back on the day of cancellation.
taken_back as (

    select
        cancellations.completed_date as accounting_date,
        policies.organisation_code,
        -payments.premium_amount as premium_amount
    from cancellations
    inner join payments
        on
            cancellations.policy_number = payments.policy_number
            and cancellations.completed_date >= payments.accounting_date
    inner join policies on payments.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code

),

booked as (

    select * from received
    union all
    select * from taken_back

)

select * from booked
