-- Detects surveys, fraud reviews and savings lost or doubled between the deliveries and the daily sums.
-- Guards the assumption that a claim has one last survey, one last assessment and one first review, and that every date is built.
-- A returned row is a measure whose daily sum differs from the deliveries, with both.
with

tasks as (

    select * from {{ ref('stg_claims__survey_tasks') }}

),

reviews as (

    select * from {{ ref('stg_claims__fraud_reviews') }}

),

delivered as (

    select
        count(distinct claim_number) filter (where task_kind = 'survey') as survey_claim_count,
        count(distinct claim_number) filter (where task_kind = 'assessment') as assessment_claim_count,
        coalesce(sum(duration_minutes_count) filter (where survey_method = 'mobile'), 0) as mobile_minutes
    from tasks

),

reviewed as (

    select
        count(distinct claim_number) as reviewed_claim_count,
        count(distinct claim_number) filter (where is_routed_to_person) as routed_claim_count,
        coalesce(
            sum(coalesce(refused_amount, 0) + coalesce(reduced_amount, 0) + coalesce(recovered_amount, 0))
                filter (where review_outcome = 'fraud_confirmed'),
            0
        ) as fraud_saved_amount
    from reviews

),

daily as (

    select
        coalesce(sum(survey_claim_count), 0) as survey_claim_count,
        coalesce(sum(assessment_claim_count), 0) as assessment_claim_count,
        coalesce(sum(mobile_survey_minutes + mobile_assessment_minutes), 0) as mobile_minutes,
        coalesce(sum(reviewed_claim_count), 0) as reviewed_claim_count,
        coalesce(sum(routed_claim_count), 0) as routed_claim_count,
        coalesce(sum(fraud_saved_amount), 0) as fraud_saved_amount
    from {{ ref('agg_claims_daily') }}

),

measures as (

    select
        unnest(['surveys', 'assessments', 'minutes', 'reviews', 'routed', 'saved']) as measure_name,
        unnest([
            delivered.survey_claim_count, delivered.assessment_claim_count, delivered.mobile_minutes,
            reviewed.reviewed_claim_count, reviewed.routed_claim_count, reviewed.fraud_saved_amount
        ]) as delivered_total,
        unnest([
            daily.survey_claim_count, daily.assessment_claim_count, daily.mobile_minutes,
            daily.reviewed_claim_count, daily.routed_claim_count, daily.fraud_saved_amount
        ]) as daily_total
    from delivered
    cross join reviewed
    cross join daily

)

select * from measures
where delivered_total <> daily_total
