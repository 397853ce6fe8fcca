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

    select * from {{ ref('fct_policy_deliveries') }}
    where {{ touched_only('issue_date') }}

),

daily as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as delivery_count,
        count(signed_date) as signed_count,
        count(*) filter (where is_signed_within_15_days) as signed_within_15_days_count,
        count(*) filter (where is_self_signed) as self_signed_count,
        count(effective_to_printing_days) as printed_count,
        cast(coalesce(sum(effective_to_printing_days), 0) as bigint) as effective_to_printing_days,
        count(dispatch_to_receipt_days) as transferred_count,
        cast(coalesce(sum(dispatch_to_receipt_days), 0) as bigint) as dispatch_to_receipt_days
    from deliveries
    group by issue_date, organisation_code, channel_code, product_code

)

select * from daily
