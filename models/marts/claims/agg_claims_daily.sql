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

handling_days as (

    select * from {{ ref('int_claims__handling_days') }}

),

reported as (

    select
        reported_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as reported_claim_count,
        count(claimed_amount) as reported_amount_claim_count,
        sum(claimed_amount) as reported_claimed_amount,
        count(*) filter (where is_overdue) as overdue_claim_count
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
        count(*) filter (where is_fast_payment_band and is_paid_in_time) as paid_in_time_claim_count,
        count(*) filter (where is_fast_payment_2k_band) as fast_payment_2k_band_claim_count,
        count(*) filter (where is_fast_payment_2k_band and is_paid_in_time_2k) as paid_in_time_2k_claim_count,
        count(*) filter (where is_fast_payment_10k_band) as fast_payment_10k_band_claim_count,
        count(*) filter (where is_fast_payment_10k_band and is_paid_in_time_10k) as paid_in_time_10k_claim_count,
        count(application_to_payment_days) filter (where is_paid_out) as applied_and_paid_out_claim_count,
        count(*) filter (where is_paid_out and is_paid_within_1_day) as paid_within_1_day_claim_count,
        count(*) filter (where is_paid_out and is_paid_within_5_days) as paid_within_5_days_claim_count,
        count(*) filter (where is_paid_out and is_in_small_claim_line) as small_claim_line_claim_count,
        count(*) filter (where is_paid_out and is_simple_small_claim) as simple_small_claim_count,
        count(*) filter (where is_self_service and not is_handled_by_person) as self_service_claim_count,
        count(*) filter (where is_automatically_adjudicated) as automatically_adjudicated_claim_count
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
        min(report_to_payment_seconds) as fastest_payment_seconds,
        count(*) filter (where is_paid_in_real_time) as realtime_paid_claim_count,
        sum(submission_to_payment_seconds) filter (where is_paid_in_real_time) as realtime_payment_seconds,
        count(*) filter (where is_property_claim and not is_zero_settled) as property_paid_claim_count,
        sum(paid_date - reported_date) filter (where is_property_claim and not is_zero_settled) as property_report_to_payment_days
    from claims
    where is_paid and {{ touched_only('paid_date') }}
    group by all

),

-- Cases are counted on the phone and in all, tasks with the minutes they took.
handled as (

    select
        handling_days.activity_date,
        claims.organisation_code,
        claims.channel_code,
        claims.product_code,
        sum(claim_count) filter (where handling_kind = 'survey_case') as survey_claim_count,
        sum(mobile_claim_count) filter (where handling_kind = 'survey_case') as mobile_survey_claim_count,
        sum(mobile_task_count) filter (where handling_kind = 'survey_task') as mobile_survey_task_count,
        sum(mobile_minutes_count) filter (where handling_kind = 'survey_task') as mobile_survey_minutes,
        sum(claim_count) filter (where handling_kind = 'assessment_case') as assessment_claim_count,
        sum(mobile_claim_count) filter (where handling_kind = 'assessment_case') as mobile_assessment_claim_count,
        sum(mobile_task_count) filter (where handling_kind = 'assessment_task') as mobile_assessment_task_count,
        sum(mobile_minutes_count) filter (where handling_kind = 'assessment_task') as mobile_assessment_minutes,
        sum(claim_count) filter (where handling_kind = 'fraud_review') as reviewed_claim_count,
        sum(routed_claim_count) as routed_claim_count,
        sum(fraud_saved_amount) as fraud_saved_amount,
        sum(claim_count) filter (where handling_kind = 'escalation') as escalated_claim_count
    from handling_days
    inner join claims on handling_days.claim_number = claims.claim_number
    where {{ touched_only('handling_days.activity_date') }}
    group by all

),

activity as (

    select * from reported
    union all by name
    select * from closed
    union all by name
    select * from paid
    union all by name
    select * from handled

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
        cast(coalesce(sum(reported_amount_claim_count), 0) as bigint) as reported_amount_claim_count,
        cast(coalesce(sum(reported_claimed_amount), 0) as decimal(18, 2)) as reported_claimed_amount,
        cast(coalesce(sum(overdue_claim_count), 0) as bigint) as overdue_claim_count,
        cast(coalesce(sum(fast_payment_2k_band_claim_count), 0) as bigint) as fast_payment_2k_band_claim_count,
        cast(coalesce(sum(paid_in_time_2k_claim_count), 0) as bigint) as paid_in_time_2k_claim_count,
        cast(coalesce(sum(fast_payment_10k_band_claim_count), 0) as bigint) as fast_payment_10k_band_claim_count,
        cast(coalesce(sum(paid_in_time_10k_claim_count), 0) as bigint) as paid_in_time_10k_claim_count,
        cast(coalesce(sum(applied_and_paid_out_claim_count), 0) as bigint) as applied_and_paid_out_claim_count,
        cast(coalesce(sum(paid_within_1_day_claim_count), 0) as bigint) as paid_within_1_day_claim_count,
        cast(coalesce(sum(paid_within_5_days_claim_count), 0) as bigint) as paid_within_5_days_claim_count,
        cast(coalesce(sum(small_claim_line_claim_count), 0) as bigint) as small_claim_line_claim_count,
        cast(coalesce(sum(simple_small_claim_count), 0) as bigint) as simple_small_claim_count,
        cast(coalesce(sum(self_service_claim_count), 0) as bigint) as self_service_claim_count,
        cast(coalesce(sum(automatically_adjudicated_claim_count), 0) as bigint) as automatically_adjudicated_claim_count,
        cast(coalesce(sum(realtime_paid_claim_count), 0) as bigint) as realtime_paid_claim_count,
        cast(coalesce(sum(realtime_payment_seconds), 0) as bigint) as realtime_payment_seconds,
        cast(coalesce(sum(property_paid_claim_count), 0) as bigint) as property_paid_claim_count,
        cast(coalesce(sum(property_report_to_payment_days), 0) as bigint) as property_report_to_payment_days,
        cast(coalesce(sum(survey_claim_count), 0) as bigint) as survey_claim_count,
        cast(coalesce(sum(mobile_survey_claim_count), 0) as bigint) as mobile_survey_claim_count,
        cast(coalesce(sum(mobile_survey_task_count), 0) as bigint) as mobile_survey_task_count,
        cast(coalesce(sum(mobile_survey_minutes), 0) as decimal(18, 2)) as mobile_survey_minutes,
        cast(coalesce(sum(assessment_claim_count), 0) as bigint) as assessment_claim_count,
        cast(coalesce(sum(mobile_assessment_claim_count), 0) as bigint) as mobile_assessment_claim_count,
        cast(coalesce(sum(mobile_assessment_task_count), 0) as bigint) as mobile_assessment_task_count,
        cast(coalesce(sum(mobile_assessment_minutes), 0) as decimal(18, 2)) as mobile_assessment_minutes,
        cast(coalesce(sum(reviewed_claim_count), 0) as bigint) as reviewed_claim_count,
        cast(coalesce(sum(routed_claim_count), 0) as bigint) as routed_claim_count,
        cast(coalesce(sum(fraud_saved_amount), 0) as decimal(18, 2)) as fraud_saved_amount,
        cast(coalesce(sum(escalated_claim_count), 0) as bigint) as escalated_claim_count,
        min(fastest_payment_seconds) as fastest_payment_seconds
    from activity
    group by all

)

select * from daily
