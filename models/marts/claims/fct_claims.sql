-- depends_on: {{ ref('int_claims__touched_reported_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='reported_date',
    touched_dates_sql='select business_date from intermediate.int_claims__touched_reported_dates'
) }}

with

stages as (

    select * from {{ ref('int_claims__claim_stages') }}
    where {{ touched_only('reported_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}
    where policy_number in (select stages.policy_number from stages)

),

conclusions as (

    select * from {{ ref('claim_conclusions') }}

),

thresholds as (

    select
        max(limit_amount) filter (where threshold_code = 'small_claim') as small_amount,
        max(limit_amount) filter (where threshold_code = 'fast_payment') as fast_amount,
        bool_or(excludes_injury) filter (where threshold_code = 'fast_payment') as fast_excludes_injury,
        max(limit_hours) filter (where threshold_code = 'fast_payment') as fast_hours
    from {{ ref('claim_thresholds') }}

),

timed as (

    select
        *,
        cast(applied_at as date) as applied_date,
        cast(paid_at as date) as paid_date,
        cast(closed_at as date) as closed_date,
        datediff('second', reported_at, closed_at) as report_to_closing_seconds,
        datediff('second', reported_at, paid_at) as report_to_payment_seconds,
        datediff('second', coalesce(applied_at, reported_at), paid_at) as submission_to_payment_seconds,
        datediff('second', coalesce(documents_complete_at, reported_at), paid_at) as documents_to_payment_seconds
    from stages

),

claims as (

    select
        -- keys
        timed.claim_number,
        timed.policy_number,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        -- attributes
        timed.claim_type,
        timed.report_method,
        timed.conclusion,
        -- dates and times
        timed.loss_date,
        timed.reported_date,
        timed.applied_date,
        timed.paid_date,
        timed.closed_date,
        timed.reported_at,
        timed.registered_at,
        timed.applied_at,
        timed.documents_complete_at,
        timed.surveyed_at,
        timed.assessed_at,
        timed.approved_at,
        timed.paid_at,
        timed.closed_at,
        -- amounts and counts
        timed.claimed_amount,
        timed.paid_amount,
        timed.report_to_closing_seconds,
        timed.report_to_payment_seconds,
        timed.submission_to_payment_seconds,
        timed.documents_to_payment_seconds,
        cast(timed.paid_date - timed.loss_date as integer) as loss_to_payment_days,
        cast(timed.paid_date - timed.applied_date as integer) as application_to_payment_days,
        -- flags
        timed.is_injury,
        timed.closed_at is null as is_open,
        timed.paid_at is not null as is_paid,
        timed.is_automatic_payment,
        timed.closed_at is not null and coalesce(conclusions.is_paid_out, false) as is_paid_out,
        timed.closed_at is not null and coalesce(conclusions.counts_in_closing_cycle, true) as is_in_closing_cycle,
        coalesce(timed.conclusion = 'zero', false) as is_zero_settled,
        coalesce(timed.conclusion = 'withdrawn', false) as is_withdrawn,
        timed.paid_amount > 0 and timed.paid_amount < thresholds.small_amount as is_small,
        (
            timed.paid_amount > 0
            and timed.paid_amount < thresholds.fast_amount
            and not (thresholds.fast_excludes_injury and timed.is_injury)
        ) as is_fast_payment_band,
        coalesce(timed.documents_to_payment_seconds <= thresholds.fast_hours * 3600, false) as is_paid_in_time,
        coalesce(timed.paid_date = cast(coalesce(timed.applied_at, timed.reported_at) as date), false) as is_paid_same_day
    from timed
    cross join thresholds
    left join policies on timed.policy_number = policies.policy_number
    left join conclusions on timed.conclusion = conclusions.conclusion

)

select * from claims
