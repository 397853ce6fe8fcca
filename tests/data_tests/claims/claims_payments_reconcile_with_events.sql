-- Detects claim payments that were lost or counted twice on the way from the stage events to the facts and the daily sums.
-- Guards the assumption that every payment belongs to a delivered claim and that date-wise builds leave no date behind.
-- A returned row is a step whose total differs from the payments delivered, with both totals.
with

events as (

    select coalesce(sum(amount), 0) as delivered_amount
    from {{ ref('stg_claims__claim_stage_events') }}
    where stage = 'paid'

),

totals as (

    select
        'fct_claims' as step_name,
        coalesce(sum(paid_amount), 0) as step_amount
    from {{ ref('fct_claims') }}

    union all

    select
        'agg_claims_daily' as step_name,
        coalesce(sum(paid_amount), 0) as step_amount
    from {{ ref('agg_claims_daily') }}

),

differing as (

    select *
    from totals
    cross join events
    where totals.step_amount != events.delivered_amount

)

select * from differing
