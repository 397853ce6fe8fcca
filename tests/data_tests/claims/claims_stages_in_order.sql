-- Detects claims closed or paid before they were reported, or with a loss after the report.
-- Guards the assumption that stage times come from one clock, on which every duration of a claim rests.
-- A returned row is a claim whose times run backwards.
with

backwards as (

    select
        claim_number,
        loss_date,
        reported_at,
        paid_at,
        closed_at
    from {{ ref('fct_claims') }}
    where loss_date > reported_date or paid_at < reported_at or closed_at < reported_at

)

select * from backwards
