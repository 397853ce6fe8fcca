-- depends_on: {{ ref('int_service__touched_delivery_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='issue_date',
        touched_dates_sql='select business_date from intermediate.int_service__touched_delivery_dates'
    )
}}

with

deliveries as (

    select * from {{ ref('stg_policy_admin__policy_deliveries') }}
    where {{ touched_only('issue_date') }}

),

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

attributed as (

    select
        deliveries.policy_number,
        policies.product_code,
        policies.organisation_code,
        policies.channel_code,
        deliveries.delivery_method,
        policies.application_date,
        policies.effective_date,
        deliveries.issue_date,
        deliveries.printed_date,
        deliveries.sent_date,
        deliveries.received_date,
        deliveries.signed_date,
        cast(deliveries.signed_date - policies.application_date as integer) as application_to_signature_days,
        cast(signature_days.working_day_number - application_days.working_day_number as integer)
            as application_to_signature_working_days,
        case
            when deliveries.printed_date is not null
                then cast(greatest(deliveries.printed_date - policies.effective_date, 0) as integer)
        end as effective_to_printing_days,
        cast(deliveries.received_date - deliveries.sent_date as integer) as dispatch_to_receipt_days,
        deliveries.is_self_signed
    from deliveries
    inner join policies on deliveries.policy_number = policies.policy_number
    left join days as application_days on policies.application_date = application_days.date_day
    left join days as signature_days on deliveries.signed_date = signature_days.date_day

),

judged as (

    select
        *,
        coalesce(application_to_signature_days <= 15, false) as is_signed_within_15_days,
        coalesce(application_to_signature_working_days <= 15, false) as is_signed_within_15_working_days
    from attributed

)

select * from judged
