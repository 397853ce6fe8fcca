with

payments as (

    select * from {{ ref('int_compliance__customer_payments') }}
    where is_cash

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

-- Received and paid out are added up apart, as the regulation has it: money in and money out do not make one sum.
customer_days as (

    select
        payments.customer_key,
        payments.direction,
        payments.record_date,
        max(rules.red_threshold) as red_threshold,
        sum(payments.record_amount) as cash_amount,
        count(*) as record_count
    from payments
    inner join rules on {{ rule_holds_on('CR35', 'payments.record_date') }}
    group by payments.customer_key, payments.direction, payments.record_date
    having sum(payments.record_amount) >= max(rules.red_threshold)

)

select * from customer_days
