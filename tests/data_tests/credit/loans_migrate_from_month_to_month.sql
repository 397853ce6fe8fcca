-- Detects: balances lost between the buckets of delinquency, or more rolling out of a bucket than was in it.
-- Guards: the buckets of seed delinquency_buckets cover every number of days past due once.
-- A returned row is a month in which the opening buckets and the balance of the month before differ by more than the loans 90 days
-- past due, or a bucket rolled more than it held.
with

openings as (

    select
        snapshot_date,
        sum(opening_m0_amount + opening_m1_amount + opening_m2_amount + opening_m3_amount) as opening_amount,
        bool_or(
            rolled_m0_amount > opening_m0_amount or rolled_m1_amount > opening_m1_amount
            or rolled_m2_amount > opening_m2_amount or rolled_m3_amount > opening_m3_amount
        ) as has_rolled_too_much
    from {{ ref('agg_loan_migration_monthly') }}
    group by snapshot_date

),

balances as (

    select
        last_day(snapshot_date + 1) as next_date,
        sum(outstanding_principal_amount - past_due_90_principal_amount) as not_serious_amount
    from {{ ref('agg_loan_balances_monthly') }}
    where snapshot_date = last_day(snapshot_date)
    group by snapshot_date

),

differing as (

    select
        openings.snapshot_date,
        openings.opening_amount,
        balances.not_serious_amount
    from openings
    left join balances on openings.snapshot_date = balances.next_date
    where openings.has_rolled_too_much or openings.opening_amount is distinct from balances.not_serious_amount

)

select * from differing
