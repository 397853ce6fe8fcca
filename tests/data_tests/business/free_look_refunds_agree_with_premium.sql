{{ config(severity='warn') }}

-- Detects free-look cancellations whose refund is not the premium received.
-- Guards the choice to deduct the premium received until the cancellation, not the refund: a fee may be kept, so it only warns.
-- A returned row is a cancelled policy whose refund and premium differ.
with

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

payments as (

    select * from {{ ref('fct_premium_payments') }}

),

received as (

    select
        cancellations.policy_number,
        any_value(cancellations.refund_amount) as refund_amount,
        coalesce(sum(payments.premium_amount), 0) as premium_amount
    from cancellations
    left join payments
        on
            cancellations.policy_number = payments.policy_number
            and cancellations.completed_date >= payments.accounting_date
    group by cancellations.policy_number

)

select * from received
where refund_amount is not null and refund_amount <> premium_amount
