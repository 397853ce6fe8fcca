with

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

events as (

    select
        claim_number,
        event_date as business_date
    from {{ ref('stg_claims__claim_stage_events') }}

),

handling as (

    select
        claim_number,
        ended_date as business_date
    from {{ ref('stg_claims__survey_tasks') }}

    union all

    select
        claim_number,
        reviewed_date as business_date
    from {{ ref('stg_claims__fraud_reviews') }}

    union all

    select
        claim_number,
        escalated_date as business_date
    from {{ ref('stg_claims__claim_escalations') }}

),

reported_dates as (

    select * from {{ ref('int_claims__touched_reported_dates') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of([
        'claims.claim', 'claims.claim_stage_event', 'claims.survey_task', 'claims.fraud_review', 'claims.claim_escalation',
    ]) }}

),

activities as (

    select * from events
    union all
    select * from handling

),

touched_claims as (

    select claim_number
    from claims
    where reported_date in (select reported_dates.business_date from reported_dates)

    union

    select claim_number
    from handling
    where business_date in (
        {{ touched_dates_of(['claims.survey_task', 'claims.fraud_review', 'claims.claim_escalation']) }}
    )

),

-- A second closing or a later survey moves a claim from one date to another, so all dates of a touched claim count.
moved as (

    select activities.business_date
    from activities
    where activities.claim_number in (select touched_claims.claim_number from touched_claims)

),

-- What a corrected delivery has taken away leaves dates behind that nothing joins to any more.
withdrawn as (

    select activities.business_date
    from activities
    where exists (
        select 1 from corrected
        where
            corrected.source_name = 'claims'
            and corrected.entity_name in ('claim', 'survey_task', 'fraud_review', 'claim_escalation')
    )

),

touched as (

    select business_date from reported_dates
    union
    select business_date from delivered
    union
    select business_date from moved
    union
    select business_date from withdrawn

)

select * from touched
