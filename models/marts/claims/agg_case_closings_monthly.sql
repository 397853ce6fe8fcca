with

claims as (

    select * from {{ ref('fct_claims') }}
    where is_property_claim and registered_at is not null

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

parameters as (

    select parameter_value as rolling_closing_months
    from {{ ref('claim_parameters') }}
    where parameter_code = 'rolling_closing_months'

),

-- Claims of one day of registration and one day of closing are counted at once: every claim stands in twelve months.
registered as (

    select
        organisation_code,
        product_code,
        cast(registered_at as date) as registered_date,
        closed_date,
        is_zero_settled or is_withdrawn as is_left_out,
        count(*) as claim_count
    from claims
    group by all

),

snapshots as (

    select
        least(
            last_day(cast(unnest(generate_series(
                date_trunc('month', (select min(registered.registered_date) from registered)), as_of.as_of_date, interval 1 month
            )) as date)),
            as_of.as_of_date
        ) as snapshot_date
    from as_of

),

-- A claim is left out from the day it is withdrawn or closed at zero; until then it counts as any other.
rolling as (

    select
        snapshots.snapshot_date,
        registered.organisation_code,
        registered.product_code,
        cast(coalesce(sum(registered.claim_count) filter (
            where not registered.is_left_out or registered.closed_date > snapshots.snapshot_date
        ), 0) as bigint) as registered_claim_count,
        cast(coalesce(sum(registered.claim_count) filter (
            where not registered.is_left_out and registered.closed_date <= snapshots.snapshot_date
        ), 0) as bigint) as registered_and_closed_claim_count
    from snapshots
    cross join parameters
    inner join registered
        on
            registered.registered_date <= snapshots.snapshot_date
            and registered.registered_date > snapshots.snapshot_date - to_months(parameters.rolling_closing_months)
    group by all

)

select * from rolling
