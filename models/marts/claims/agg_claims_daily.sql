-- depends_on: {{ ref('int_claims__touched_activity_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='activity_date',
    touched_dates_sql='select business_date from intermediate.int_claims__touched_activity_dates'
) }}

with

claims as (

    select * from {{ ref('fct_claims') }}

),

reported as (

    select
        reported_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as reported_claim_count
    from claims
    where {{ touched_only('reported_date') }}
    group by all

),

closed as (

    select
        closed_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as closed_claim_count,
        count(*) filter (where is_paid_out) as paid_out_claim_count,
        count(*) filter (where is_in_closing_cycle) as closing_cycle_claim_count,
        sum(report_to_closing_seconds) filter (where is_in_closing_cycle) as closing_cycle_seconds,
        count(*) filter (where is_in_closing_cycle and is_small) as small_claim_count,
        sum(report_to_closing_seconds) filter (where is_in_closing_cycle and is_small) as small_claim_seconds,
        count(*) filter (where is_fast_payment_band) as fast_payment_band_claim_count,
        count(*) filter (where is_fast_payment_band and is_paid_in_time) as paid_in_time_claim_count
    from claims
    where not is_open and {{ touched_only('closed_date') }}
    group by all

),

paid as (

    select
        paid_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as paid_claim_count,
        sum(paid_amount) as paid_amount,
        sum(loss_to_payment_days) as loss_to_payment_days,
        count(application_to_payment_days) as applied_and_paid_claim_count,
        sum(application_to_payment_days) as application_to_payment_days,
        count(*) filter (where is_paid_same_day) as same_day_paid_claim_count,
        sum(submission_to_payment_seconds) filter (where is_paid_same_day) as same_day_payment_seconds,
        count(*) filter (where is_automatic_payment) as automatically_paid_claim_count,
        min(report_to_payment_seconds) as fastest_payment_seconds
    from claims
    where is_paid and {{ touched_only('paid_date') }}
    group by all

),

activity as (

    select * from reported
    union all by name
    select * from closed
    union all by name
    select * from paid

),

daily as (

    select
        activity_date,
        organisation_code,
        channel_code,
        product_code,
        cast(coalesce(sum(reported_claim_count), 0) as bigint) as reported_claim_count,
        cast(coalesce(sum(closed_claim_count), 0) as bigint) as closed_claim_count,
        cast(coalesce(sum(paid_out_claim_count), 0) as bigint) as paid_out_claim_count,
        cast(coalesce(sum(closing_cycle_claim_count), 0) as bigint) as closing_cycle_claim_count,
        cast(coalesce(sum(closing_cycle_seconds), 0) as bigint) as closing_cycle_seconds,
        cast(coalesce(sum(small_claim_count), 0) as bigint) as small_claim_count,
        cast(coalesce(sum(small_claim_seconds), 0) as bigint) as small_claim_seconds,
        cast(coalesce(sum(fast_payment_band_claim_count), 0) as bigint) as fast_payment_band_claim_count,
        cast(coalesce(sum(paid_in_time_claim_count), 0) as bigint) as paid_in_time_claim_count,
        cast(coalesce(sum(paid_claim_count), 0) as bigint) as paid_claim_count,
        cast(coalesce(sum(paid_amount), 0) as decimal(18, 2)) as paid_amount,
        cast(coalesce(sum(loss_to_payment_days), 0) as bigint) as loss_to_payment_days,
        cast(coalesce(sum(applied_and_paid_claim_count), 0) as bigint) as applied_and_paid_claim_count,
        cast(coalesce(sum(application_to_payment_days), 0) as bigint) as application_to_payment_days,
        cast(coalesce(sum(same_day_paid_claim_count), 0) as bigint) as same_day_paid_claim_count,
        cast(coalesce(sum(same_day_payment_seconds), 0) as bigint) as same_day_payment_seconds,
        cast(coalesce(sum(automatically_paid_claim_count), 0) as bigint) as automatically_paid_claim_count,
        min(fastest_payment_seconds) as fastest_payment_seconds
    from activity
    group by all

)

select * from daily
