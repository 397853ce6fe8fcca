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

products as (

    select * from {{ ref('dim_product') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

conclusions as (

    select * from {{ ref('claim_conclusions') }}

),

report_methods as (

    select * from {{ ref('claim_report_methods') }}

),

lines as (

    select * from {{ ref('claim_lines') }}

),

reviews as (

    select
        claim_number,
        bool_or(is_routed_to_person) as is_routed_to_person,
        bool_or(review_outcome in ('investigated_cleared', 'fraud_confirmed')) as is_investigated
    from {{ ref('stg_claims__fraud_reviews') }}
    where claim_number in (select stages.claim_number from stages)
    group by claim_number

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

legal_limits as (

    select
        limits.claim_number,
        bool_or(coalesce(limits.done_date, as_of.as_of_date) > limits.limit_date) as is_overdue
    from {{ ref('int_claims__legal_limits') }} as limits
    cross join as_of
    where limits.claim_number in (select stages.claim_number from stages)
    group by limits.claim_number

),

thresholds as (

    select
        max(limit_amount) filter (where threshold_code = 'small_claim') as small_amount,
        max(limit_amount) filter (where threshold_code = 'fast_payment') as fast_amount,
        bool_or(excludes_injury) filter (where threshold_code = 'fast_payment') as fast_excludes_injury,
        max(limit_hours) filter (where threshold_code = 'fast_payment') as fast_hours,
        max(limit_amount) filter (where threshold_code = 'fast_payment_2k') as fast_2k_amount,
        bool_or(includes_limit) filter (where threshold_code = 'fast_payment_2k') as fast_2k_includes_limit,
        max(limit_hours) filter (where threshold_code = 'fast_payment_2k') as fast_2k_hours,
        max(limit_amount) filter (where threshold_code = 'fast_payment_10k') as fast_10k_amount,
        bool_or(includes_limit) filter (where threshold_code = 'fast_payment_10k') as fast_10k_includes_limit,
        max(limit_hours) filter (where threshold_code = 'fast_payment_10k') as fast_10k_hours
    from {{ ref('claim_thresholds') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'realtime_payment_minutes') as realtime_payment_minutes,
        max(parameter_value) filter (where parameter_code = 'closing_1d_days') as closing_1d_days,
        max(parameter_value) filter (where parameter_code = 'closing_5d_days') as closing_5d_days
    from {{ ref('claim_parameters') }}

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
        (
            timed.paid_amount > 0
            and (timed.paid_amount < thresholds.fast_2k_amount or thresholds.fast_2k_includes_limit)
            and timed.paid_amount <= thresholds.fast_2k_amount
        ) as is_fast_payment_2k_band,
        coalesce(timed.documents_to_payment_seconds <= thresholds.fast_2k_hours * 3600, false) as is_paid_in_time_2k,
        (
            timed.paid_amount > 0
            and (timed.paid_amount < thresholds.fast_10k_amount or thresholds.fast_10k_includes_limit)
            and timed.paid_amount <= thresholds.fast_10k_amount
        ) as is_fast_payment_10k_band,
        coalesce(timed.documents_to_payment_seconds <= thresholds.fast_10k_hours * 3600, false) as is_paid_in_time_10k,
        coalesce(timed.paid_date = cast(coalesce(timed.applied_at, timed.reported_at) as date), false) as is_paid_same_day,
        coalesce(
            timed.is_automatic_payment and timed.submission_to_payment_seconds < parameters.realtime_payment_minutes * 60, false
        ) as is_paid_in_real_time,
        coalesce(timed.paid_date - timed.applied_date <= parameters.closing_1d_days, false) as is_paid_within_1_day,
        coalesce(timed.paid_date - timed.applied_date <= parameters.closing_5d_days, false) as is_paid_within_5_days,
        organisations.company_type = 'property' as is_property_claim,
        lines.small_limit_amount is not null and not products.is_long_term as is_in_small_claim_line,
        coalesce(
            not products.is_long_term
            and timed.paid_amount <= lines.small_limit_amount
            and not (lines.small_excludes_injury and timed.is_injury)
            and not (lines.small_excludes_investigation and coalesce(reviews.is_investigated, false)),
            false
        ) as is_simple_small_claim,
        coalesce(report_methods.is_self_service, false) as is_self_service,
        timed.has_person_handling or coalesce(reviews.is_routed_to_person, false) as is_handled_by_person,
        timed.paid_at is not null and not timed.has_person_adjudication as is_automatically_adjudicated,
        coalesce(legal_limits.is_overdue, false) as is_overdue
    from timed
    cross join thresholds
    cross join parameters
    left join policies on timed.policy_number = policies.policy_number
    left join products on policies.product_code = products.product_code
    left join organisations on policies.organisation_code = organisations.organisation_code
    left join lines on products.product_line = lines.product_line
    left join conclusions on timed.conclusion = conclusions.conclusion
    left join report_methods on timed.report_method = report_methods.report_method
    left join reviews on timed.claim_number = reviews.claim_number
    left join legal_limits on timed.claim_number = legal_limits.claim_number

)

select * from claims
