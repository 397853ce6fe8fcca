with

premiums as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}

),

orders as (

    select * from {{ ref('stg_account__payment_orders') }}
    where order_status = 'succeeded' and payment_route = 'cash'

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

customers as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

smallest_of_interest as (

    select coalesce(min(floor_amount), 0) as floor_amount
    from {{ ref('compliance_rules') }}
    where rule_code = 'CR37'

),

-- Transfers below the band of CR37 can fire nothing; leaving them out here keeps millions of micro premiums out of the joins.
premiums_of_interest as (

    select
        'premium_payment' as record_kind,
        premiums.payment_number as record_key,
        premiums.accounting_date as record_date,
        premiums.premium_amount as record_amount,
        premiums.payment_method,
        premiums.policy_number,
        'received' as direction
    from premiums
    cross join smallest_of_interest
    where premiums.payment_method = 'cash' or premiums.premium_amount >= smallest_of_interest.floor_amount

),

payments as (

    select
        premiums_of_interest.record_kind,
        premiums_of_interest.record_key,
        premiums_of_interest.record_date,
        premiums_of_interest.record_amount,
        premiums_of_interest.payment_method,
        premiums_of_interest.direction,
        policies.customer_id,
        policies.organisation_code,
        policies.channel_code,
        policies.intermediary_code
    from premiums_of_interest
    inner join policies on premiums_of_interest.policy_number = policies.policy_number
    union all
    select
        'payment_order' as record_kind,
        order_number as record_key,
        order_date as record_date,
        amount as record_amount,
        'cash' as payment_method,
        case when order_type in ('withdrawal', 'fund_redemption') then 'paid_out' else 'received' end as direction,
        customer_id,
        organisation_code,
        cast(null as varchar) as channel_code,
        cast(null as varchar) as intermediary_code
    from orders

),

attributed as (

    select
        payments.*,
        payments.payment_method = 'cash' as is_cash,
        -- a customer record may arrive after the payment; until then the record's own number stands for the person
        coalesce(customers.customer_key, payments.customer_id) as customer_key
    from payments
    left join customers on payments.customer_id = customers.customer_id

)

select * from attributed
