with

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

events as (

    select * from {{ ref('stg_claims__claim_stage_events') }}

),

reported_dates as (

    select * from {{ ref('int_claims__touched_reported_dates') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['claims.claim', 'claims.claim_stage_event']) }}

),

-- A second closing moves a claim from one closing date to another, so all event dates of a touched claim count.
moved as (

    select events.event_date as business_date
    from events
    where events.claim_number in (
        select claims.claim_number
        from claims
        where claims.reported_date in (select reported_dates.business_date from reported_dates)
    )

),

-- A claim that a corrected delivery has taken away leaves events behind that nothing joins to any more.
withdrawn as (

    select events.event_date as business_date
    from events
    where exists (
        select 1 from corrected
        where corrected.source_name = 'claims' and corrected.entity_name = 'claim'
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
