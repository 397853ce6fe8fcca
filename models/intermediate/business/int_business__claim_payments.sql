with

events as (

    select * from {{ ref('stg_claims__claim_stage_events') }}
    where stage = 'paid'

),

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

paid as (

    select
        events.event_date as paid_date,
        policies.organisation_code,
        policies.product_code,
        sum(events.amount) as paid_amount
    from events
    inner join claims on events.claim_number = claims.claim_number
    inner join policies on claims.policy_number = policies.policy_number
    group by events.event_date, policies.organisation_code, policies.product_code

)

select * from paid
