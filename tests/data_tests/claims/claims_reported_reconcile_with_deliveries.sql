-- Detects claims lost or doubled between the deliveries, the facts and the daily sums.
-- Guards the assumption that every claim finds exactly one policy, and that touched dates name every changed claim.
-- A returned row is a step whose number of claims differs from the number delivered.
with

delivered as (

    select count(*) as delivered_count
    from {{ ref('stg_claims__claims') }}

),

totals as (

    select
        'fct_claims' as step_name,
        count(*) as step_count
    from {{ ref('fct_claims') }}

    union all

    select
        'agg_claims_daily' as step_name,
        coalesce(sum(reported_claim_count), 0) as step_count
    from {{ ref('agg_claims_daily') }}

),

differing as (

    select *
    from totals
    cross join delivered
    where totals.step_count != delivered.delivered_count

)

select * from differing
