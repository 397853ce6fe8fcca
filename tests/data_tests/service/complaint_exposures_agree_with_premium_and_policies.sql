-- Detects exposures of the complaint index that part from the premium and the policies in force that are published.
-- Guards the premium and the policies that the quarterly exposures count on their own, quarter by quarter.
-- A returned row is a quarter whose premium or policies in force differ.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

benchmarks as (

    select * from {{ ref('complaint_benchmarks') }}

),

measured as (

    select organisations.organisation_code
    from {{ ref('dim_organisation') }} as organisations
    inner join benchmarks on organisations.company_type = benchmarks.company_type

),

exposed as (

    select
        quarter_start_date,
        sum(scale_premium_excluding_micro_amount) as premium_amount,
        sum(in_force_policy_count) as policy_count
    from {{ ref('agg_complaint_exposures_quarterly') }}
    group by quarter_start_date

),

premiums as (

    select
        cast(date_trunc('quarter', premiums.accounting_date) as date) as quarter_start_date,
        sum(premiums.scale_premium_excluding_micro_amount) as premium_amount
    from {{ ref('agg_premiums_daily') }} as premiums
    inner join measured on premiums.organisation_code = measured.organisation_code
    group by cast(date_trunc('quarter', premiums.accounting_date) as date)

),

policies as (

    select
        cast(date_trunc('quarter', in_force.snapshot_date) as date) as quarter_start_date,
        sum(in_force.in_force_policy_count) as policy_count
    from {{ ref('agg_policies_in_force_daily') }} as in_force
    inner join measured on in_force.organisation_code = measured.organisation_code
    cross join as_of
    where
        in_force.snapshot_date = as_of.as_of_date
        or in_force.snapshot_date + 1 = date_trunc('quarter', in_force.snapshot_date + 1)
    group by cast(date_trunc('quarter', in_force.snapshot_date) as date)

),

differing as (

    select
        exposed.quarter_start_date,
        exposed.premium_amount,
        premiums.premium_amount as published_premium_amount,
        exposed.policy_count,
        policies.policy_count as published_policy_count
    from exposed
    left join premiums on exposed.quarter_start_date = premiums.quarter_start_date
    left join policies on exposed.quarter_start_date = policies.quarter_start_date
    where
        exposed.premium_amount <> coalesce(premiums.premium_amount, 0)
        or exposed.policy_count <> coalesce(policies.policy_count, 0)

)

select * from differing
