-- Detects a closing rate whose twelve months differ from the claims themselves.
-- Guards the counting by days of registration and closing: the last snapshot must be what the claims say on the as-of date.
-- A returned row holds the counts of the last snapshot and those of the claims.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

snapshot as (

    select
        coalesce(sum(snapshots.registered_claim_count), 0) as registered_claim_count,
        coalesce(sum(snapshots.registered_and_closed_claim_count), 0) as closed_claim_count
    from {{ ref('agg_case_closings_monthly') }} as snapshots
    inner join as_of on snapshots.snapshot_date = as_of.as_of_date

),

claims as (

    select
        count(*) as expected_registered_claim_count,
        count(*) filter (where not claims.is_open) as expected_closed_claim_count
    from {{ ref('fct_claims') }} as claims
    cross join as_of
    inner join {{ ref('claim_parameters') }} as parameters on parameters.parameter_code = 'rolling_closing_months'
    where
        claims.is_property_claim
        and not claims.is_zero_settled
        and not claims.is_withdrawn
        and cast(claims.registered_at as date) > as_of.as_of_date - to_months(parameters.parameter_value)

),

differing as (

    select *
    from snapshot
    cross join claims
    where
        snapshot.registered_claim_count <> claims.expected_registered_claim_count
        or snapshot.closed_claim_count <> claims.expected_closed_claim_count

)

select * from differing
