with

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

events as (

    select * from {{ ref('stg_claims__claim_stage_events') }}

),

reviews as (

    select * from {{ ref('stg_claims__fraud_reviews') }}

),

notices as (

    select * from {{ ref('stg_claims__claim_notices') }}

),

limits as (

    select * from {{ ref('int_claims__legal_limits') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['claims.claim']) }}

),

changed as (

    select claim_number
    from events
    where event_date in ({{ touched_dates_of(['claims.claim_stage_event']) }})

    union

    select claim_number
    from reviews
    where reviewed_date in ({{ touched_dates_of(['claims.fraud_review']) }})

    union

    select claim_number
    from notices
    where sent_date in ({{ touched_dates_of(['claims.claim_notice']) }})

    union

    -- A limit that runs out makes a claim overdue without any delivery.
    select limits.claim_number
    from limits
    cross join as_of
    cross join last_built
    where limits.limit_date >= last_built.last_built_date and limits.limit_date < as_of.as_of_date

),

moved as (

    select claims.reported_date as business_date
    from claims
    where claims.claim_number in (select changed.claim_number from changed)

),

-- What a corrected delivery has taken away can no longer be joined to its claim, so every date is built again.
withdrawn as (

    select claims.reported_date as business_date
    from claims
    where exists (
        select 1 from corrected
        where (corrected.source_name, corrected.entity_name) in (
            ('claims', 'claim_stage_event'), ('claims', 'fraud_review'), ('claims', 'claim_notice'), ('policy_admin', 'policy')
        )
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
