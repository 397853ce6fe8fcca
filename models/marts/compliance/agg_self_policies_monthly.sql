with

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}
    where policy_year = 1

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

products as (

    select * from {{ ref('dim_product') }}
    where product_line in ('life', 'annuity', 'health', 'accident')

),

self_policies as (

    select * from {{ ref('int_compliance__self_policies') }}

),

monthly as (

    select
        cast(date_trunc('month', payments.accounting_date) as date) as accounting_month,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        cast(sum(payments.premium_amount) as decimal(18, 2)) as new_personal_premium_amount,
        cast(coalesce(sum(payments.premium_amount) filter (where self_policies.is_self_policy), 0) as decimal(18, 2))
            as self_policy_premium_amount,
        cast(coalesce(sum(payments.premium_amount) filter (where not self_policies.is_self_policy), 0) as decimal(18, 2))
            as mutual_policy_premium_amount
    from payments
    inner join policies on payments.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code
    left join self_policies on payments.policy_number = self_policies.policy_number
    group by all

)

select * from monthly
