-- Detects: commission lost or counted twice between the deliveries, the fact and the daily aggregate.
-- Guards: date-wise building replaces whole dates, and every commission finds exactly one policy.
-- A returned row is a paid date on which the three do not have the same commission.
with

delivered as (

    select
        paid_date,
        sum(commission_amount) as commission_amount
    from {{ ref('stg_compliance__commissions') }}
    group by paid_date

),

facts as (

    select
        paid_date,
        sum(commission_amount) as commission_amount
    from {{ ref('fct_commissions') }}
    group by paid_date

),

daily as (

    select
        paid_date,
        sum(commission_amount) as commission_amount
    from {{ ref('agg_commissions_daily') }}
    group by paid_date

),

differing as (

    select
        coalesce(delivered.paid_date, facts.paid_date, daily.paid_date) as paid_date,
        delivered.commission_amount as delivered_amount,
        facts.commission_amount as fact_amount,
        daily.commission_amount as daily_amount
    from delivered
    full join facts on delivered.paid_date = facts.paid_date
    full join daily on coalesce(delivered.paid_date, facts.paid_date) = daily.paid_date
    where
        delivered.commission_amount is distinct from facts.commission_amount
        or facts.commission_amount is distinct from daily.commission_amount

)

select * from differing
