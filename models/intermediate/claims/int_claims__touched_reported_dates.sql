with

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

events as (

    select * from {{ ref('stg_claims__claim_stage_events') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['claims.claim']) }}

),

moved as (

    select claims.reported_date as business_date
    from claims
    where claims.claim_number in (
        select events.claim_number
        from events
        where events.event_date in ({{ touched_dates_of(['claims.claim_stage_event']) }})
    )

),

-- What a corrected delivery has taken away can no longer be joined to its claim, so every date is built again.
withdrawn as (

    select claims.reported_date as business_date
    from claims
    where exists (
        select 1 from corrected
        where (corrected.source_name, corrected.entity_name) in (('claims', 'claim_stage_event'), ('policy_admin', 'policy'))
    )

),

touched as (

    select business_date from delivered
    union
    select business_date from moved
    union
    select business_date from withdrawn

)

select * from touched
