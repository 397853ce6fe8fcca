with

accounting_dates as (

    select * from {{ ref('int_business__touched_accounting_dates') }}

),

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

serviced as (

    {{ touched_dates_of(['policy_admin.servicing_request']) }}

),

-- A premium delivered after its policy was cancelled changes what the cancellation takes back.
premium_of_cancelled as (

    select cancellations.completed_date as business_date
    from cancellations
    inner join payments on cancellations.policy_number = payments.policy_number
    where payments.accounting_date in ({{ touched_dates_of(['policy_admin.premium_payment']) }})

),

-- What a corrected delivery has taken away can no longer be joined, so every cancellation is taken again.
premium_corrected as (

    select cancellations.completed_date as business_date
    from cancellations
    where exists (
        select 1 from corrected
        where
            corrected.source_name = 'policy_admin'
            and corrected.entity_name in ('policy', 'premium_payment', 'servicing_request')
    )

),

touched as (

    select business_date from accounting_dates
    union
    select business_date from serviced
    union
    select business_date from premium_of_cancelled
    union
    select business_date from premium_corrected

)

select * from touched
