-- depends_on: {{ ref('int_claims__touched_reported_dates') }}
{{ config(
    materialized='by_business_date',
    business_date='reported_date',
    touched_dates_sql='select business_date from intermediate.int_claims__touched_reported_dates'
) }}

with

claims as (

    select * from {{ ref('stg_claims__claims') }}
    where {{ touched_only('reported_date') }}

),

events as (

    select
        events.*,
        steps.is_insurer_step,
        steps.is_adjudication_step
    from {{ ref('stg_claims__claim_stage_events') }} as events
    left join {{ ref('claim_stages') }} as steps on events.stage = steps.stage
    where events.claim_number in (select claims.claim_number from claims)

),

stages as (

    select
        claim_number,
        min(occurred_at) filter (where stage = 'registered') as registered_at,
        min(occurred_at) filter (where stage = 'applied') as applied_at,
        min(occurred_at) filter (where stage = 'documents_complete') as documents_complete_at,
        min(occurred_at) filter (where stage = 'surveyed') as surveyed_at,
        min(occurred_at) filter (where stage = 'assessed') as assessed_at,
        min(occurred_at) filter (where stage = 'approved') as approved_at,
        min(occurred_at) filter (where stage = 'paid') as paid_at,
        max(occurred_at) filter (where stage = 'closed') as closed_at,
        sum(amount) filter (where stage = 'paid') as paid_amount,
        arg_max(conclusion, (occurred_at, event_number)) filter (where stage = 'closed') as conclusion,
        -- The payment is the system's only where no person took part in any of them.
        bool_and(is_automatic) filter (where stage = 'paid') as is_automatic_payment,
        bool_or(not is_automatic) filter (where is_insurer_step) as has_person_handling,
        bool_or(not is_automatic) filter (where is_adjudication_step) as has_person_adjudication,
        count(*) as event_count
    from events
    group by claim_number

),

staged as (

    select
        claims.claim_number,
        claims.policy_number,
        claims.claim_type,
        claims.report_method,
        claims.is_injury,
        claims.claimed_amount,
        claims.loss_date,
        claims.reported_date,
        claims.reported_at,
        stages.registered_at,
        stages.applied_at,
        stages.documents_complete_at,
        stages.surveyed_at,
        stages.assessed_at,
        stages.approved_at,
        stages.paid_at,
        stages.closed_at,
        stages.conclusion,
        cast(coalesce(stages.paid_amount, 0) as decimal(18, 2)) as paid_amount,
        coalesce(stages.is_automatic_payment, false) as is_automatic_payment,
        coalesce(stages.has_person_handling, false) as has_person_handling,
        coalesce(stages.has_person_adjudication, false) as has_person_adjudication,
        coalesce(stages.event_count, 0) as event_count
    from claims
    left join stages on claims.claim_number = stages.claim_number

)

select * from staged
