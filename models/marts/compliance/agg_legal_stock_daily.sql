with

contracts as (

    select * from {{ ref('stg_legal__contracts') }}
    where approved_date is not null and expiry_date is not null

),

lawsuits as (

    select * from {{ ref('stg_legal__lawsuits') }}

),

parameters as (

    select * from {{ ref('compliance_parameters') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- From the first day of the warning, or the approval of a contract shorter than that, to the last day of the contract or
-- the day before its renewal was started.
expiring_spans as (

    select
        contracts.organisation_code,
        contracts.expiry_date,
        parameters.contract_expiry_soon_days,
        greatest(contracts.expiry_date - parameters.contract_expiry_days, contracts.approved_date) as first_date,
        least(contracts.expiry_date, contracts.renewal_started_date - 1, as_of.as_of_date) as last_date
    from contracts
    cross join parameters
    cross join as_of

),

expiring_days as (

    select
        organisation_code,
        expiry_date,
        contract_expiry_soon_days,
        cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as stock_date
    from expiring_spans
    where first_date <= last_date

),

expiring as (

    select
        stock_date,
        organisation_code,
        count(*) as expiring_contract_count,
        count(*) filter (where expiry_date - stock_date <= contract_expiry_soon_days) as expiring_soon_contract_count
    from expiring_days
    group by stock_date, organisation_code

),

-- A case is in the stock from the day it is filed to the day before it is closed.
open_days as (

    select
        lawsuits.organisation_code,
        lawsuits.lawsuit_cause,
        lawsuits.claimed_amount,
        cast(unnest(generate_series(
            lawsuits.filed_date, least(lawsuits.closed_date - 1, as_of.as_of_date), interval 1 day
        )) as date) as stock_date
    from lawsuits
    cross join as_of

),

open_cases as (

    select
        stock_date,
        organisation_code,
        count(*) as open_lawsuit_count,
        sum(claimed_amount) as open_lawsuit_amount,
        count(*) filter (where lawsuit_cause = 'claim') as open_claim_lawsuit_count,
        count(*) filter (where lawsuit_cause = 'surrender') as open_surrender_lawsuit_count,
        count(*) filter (where lawsuit_cause = 'labour') as open_labour_lawsuit_count,
        count(*) filter (where lawsuit_cause = 'intermediary') as open_intermediary_lawsuit_count
    from open_days
    group by stock_date, organisation_code

),

organisations as (

    select
        organisation_code,
        min(stock_date) as first_date
    from (
        select
            organisation_code,
            stock_date
        from expiring
        union all
        select
            organisation_code,
            stock_date
        from open_cases
    )
    group by organisation_code

),

-- Every organisation has a row for every day since its first, zero included: a stock taken on the last day of a period would
-- otherwise fall back to an earlier day.
stock_days as (

    select
        organisations.organisation_code,
        cast(unnest(generate_series(organisations.first_date, as_of.as_of_date, interval 1 day)) as date) as stock_date
    from organisations
    cross join as_of

),

stocked as (

    select
        stock_days.stock_date,
        stock_days.organisation_code,
        coalesce(expiring.expiring_contract_count, 0) as expiring_contract_count,
        coalesce(expiring.expiring_soon_contract_count, 0) as expiring_soon_contract_count,
        coalesce(open_cases.open_lawsuit_count, 0) as open_lawsuit_count,
        cast(coalesce(open_cases.open_lawsuit_amount, 0) as decimal(18, 2)) as open_lawsuit_amount,
        coalesce(open_cases.open_claim_lawsuit_count, 0) as open_claim_lawsuit_count,
        coalesce(open_cases.open_surrender_lawsuit_count, 0) as open_surrender_lawsuit_count,
        coalesce(open_cases.open_labour_lawsuit_count, 0) as open_labour_lawsuit_count,
        coalesce(open_cases.open_intermediary_lawsuit_count, 0) as open_intermediary_lawsuit_count
    from stock_days
    left join expiring
        on stock_days.stock_date = expiring.stock_date and stock_days.organisation_code = expiring.organisation_code
    left join open_cases
        on stock_days.stock_date = open_cases.stock_date and stock_days.organisation_code = open_cases.organisation_code

)

select * from stocked
