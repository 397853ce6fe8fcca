with

tasks as (

    select
        *,
        survey_method = 'mobile' as is_mobile
    from {{ ref('stg_claims__survey_tasks') }}

),

reviews as (

    select * from {{ ref('stg_claims__fraud_reviews') }}

),

escalations as (

    select * from {{ ref('stg_claims__claim_escalations') }}

),

-- A case is done when its last task of the kind is, and done on the phone when all of them were.
cases as (

    select
        claim_number,
        max(ended_date) as activity_date,
        task_kind || '_case' as handling_kind,
        1 as claim_count,
        cast(bool_and(is_mobile) as integer) as mobile_claim_count
    from tasks
    group by claim_number, task_kind

),

mobile_tasks as (

    select
        claim_number,
        ended_date as activity_date,
        task_kind || '_task' as handling_kind,
        count(*) as mobile_task_count,
        sum(duration_minutes_count) as mobile_minutes_count
    from tasks
    where is_mobile
    group by claim_number, ended_date, task_kind

),

reviewed as (

    select
        claim_number,
        min(reviewed_date) as activity_date,
        'fraud_review' as handling_kind,
        1 as claim_count,
        cast(bool_or(is_routed_to_person) as integer) as routed_claim_count
    from reviews
    group by claim_number

),

saved as (

    select
        claim_number,
        reviewed_date as activity_date,
        'fraud_saving' as handling_kind,
        sum(coalesce(refused_amount, 0) + coalesce(reduced_amount, 0) + coalesce(recovered_amount, 0)) as fraud_saved_amount
    from reviews
    where review_outcome = 'fraud_confirmed'
    group by claim_number, reviewed_date

),

escalated as (

    select
        claim_number,
        min(escalated_date) as activity_date,
        'escalation' as handling_kind,
        1 as claim_count
    from escalations
    group by claim_number

),

days as (

    select * from cases
    union all by name
    select * from mobile_tasks
    union all by name
    select * from reviewed
    union all by name
    select * from saved
    union all by name
    select * from escalated

)

select * from days
