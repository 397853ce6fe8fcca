-- Detects premium, reserves or reinsurance lost or counted twice on the way to the quarterly results of underwriting.
-- Guards the assumption that growth of reserves from valuation to valuation adds up to what stands at the last one, and that every
-- statement falls in a valued quarter of its company.
-- A returned row is a company and part whose sum over all quarters differs from what was delivered, with both.
with

results as (

    select * from {{ ref('agg_underwriting_results_quarterly') }}

),

last_valuations as (

    select
        organisation_code,
        max(valuation_date) as valuation_date
    from {{ ref('stg_finance__reserves') }}
    group by organisation_code

),

standing as (

    select
        reserves.organisation_code,
        'unearned_premium' as part_name,
        sum(case when reserves.reserve_kind = 'unearned_premium' then reserves.gross_amount - reserves.ceded_amount else 0 end)
            as delivered_amount
    from {{ ref('stg_finance__reserves') }} as reserves
    inner join last_valuations
        on reserves.organisation_code = last_valuations.organisation_code and reserves.valuation_date = last_valuations.valuation_date
    group by reserves.organisation_code

),

valued as (

    select distinct
        organisation_code,
        valuation_date
    from results

),

ceded as (

    select
        statements.organisation_code,
        'ceded_premium' as part_name,
        sum(statements.ceded_premium_amount) as delivered_amount
    from {{ ref('stg_finance__reinsurance_statements') }} as statements
    inner join valued
        on
            statements.organisation_code = valued.organisation_code
            and statements.statement_date between date_trunc('quarter', valued.valuation_date) and valued.valuation_date
    group by statements.organisation_code

),

delivered as (

    select * from standing
    union all
    select * from ceded

),

summed as (

    select
        organisation_code,
        'unearned_premium' as part_name,
        sum(unearned_change_amount) as step_amount
    from results
    group by organisation_code

    union all

    select
        organisation_code,
        'ceded_premium' as part_name,
        sum(ceded_premium_amount) as step_amount
    from results
    group by organisation_code

),

differing as (

    select
        delivered.organisation_code,
        delivered.part_name,
        delivered.delivered_amount,
        summed.step_amount
    from delivered
    left join summed
        on delivered.organisation_code = summed.organisation_code and delivered.part_name = summed.part_name
    where delivered.delivered_amount != coalesce(summed.step_amount, 0)

)

select * from differing
