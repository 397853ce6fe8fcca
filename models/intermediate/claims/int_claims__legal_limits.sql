with

events as (

    select * from {{ ref('stg_claims__claim_stage_events') }}
    where stage in ('documents_complete', 'approved', 'rejected', 'paid', 'closed')

),

notices as (

    select * from {{ ref('stg_claims__claim_notices') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'determination_days') as determination_days,
        max(parameter_value) filter (where parameter_code = 'agreed_payment_days') as agreed_payment_days,
        max(parameter_value) filter (where parameter_code = 'rejection_notice_days') as rejection_notice_days
    from {{ ref('claim_parameters') }}

),

reached as (

    select
        claim_number,
        min(event_date) filter (where stage = 'documents_complete') as documents_complete_date,
        min(event_date) filter (where stage <> 'documents_complete') as decided_date,
        min(event_date) filter (where stage = 'rejected') as rejected_date,
        min(event_date) filter (where stage = 'paid') as paid_date
    from events
    group by claim_number

),

told as (

    select
        claim_number,
        min(documents_complete_date) as documents_complete_date,
        min(decided_date) filter (where notice_kind <> 'payment_agreement') as determined_date,
        min(decided_date) filter (where notice_kind = 'payment_agreement') as agreed_date,
        min(decided_date) filter (where notice_kind = 'rejection') as refused_date,
        min(sent_date) filter (where notice_kind = 'rejection') as refusal_told_date
    from notices
    group by claim_number

),

-- What a notice says goes before what the stage says; claims that the system settles have no notices.
dated as (

    select
        coalesce(told.claim_number, reached.claim_number) as claim_number,
        coalesce(told.documents_complete_date, reached.documents_complete_date) as documents_complete_date,
        coalesce(told.determined_date, reached.decided_date) as determined_date,
        told.agreed_date,
        reached.paid_date,
        coalesce(told.refused_date, reached.rejected_date) as refused_date,
        told.refusal_told_date
    from reached
    full join told on reached.claim_number = told.claim_number

),

limits as (

    select
        dated.claim_number,
        'determination' as duty,
        cast(dated.documents_complete_date + parameters.determination_days as date) as limit_date,
        dated.determined_date as done_date
    from dated
    cross join parameters
    where dated.documents_complete_date is not null

    union all

    select
        dated.claim_number,
        'agreed_payment' as duty,
        cast(dated.agreed_date + parameters.agreed_payment_days as date) as limit_date,
        dated.paid_date as done_date
    from dated
    cross join parameters
    where dated.agreed_date is not null

    union all

    select
        dated.claim_number,
        'rejection_notice' as duty,
        cast(dated.refused_date + parameters.rejection_notice_days as date) as limit_date,
        dated.refusal_told_date as done_date
    from dated
    cross join parameters
    where dated.refused_date is not null

)

select * from limits
