-- depends_on: {{ ref('int_service__touched_exposure_quarters') }}
{{
    config(
        materialized='by_business_date',
        business_date='quarter_start_date',
        touched_dates_sql='select business_date from intermediate.int_service__touched_exposure_quarters'
    )
}}

with

premiums as (

    select * from {{ ref('int_service__scale_premiums') }}

),

movements as (

    select * from {{ ref('int_business__policy_movements') }}

),

complaints as (

    select * from {{ ref('agg_complaints_daily') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

benchmarks as (

    select * from {{ ref('complaint_benchmarks') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

first_dates as (

    select least(
        (select min(premiums.accounting_date) from premiums),
        (select min(movements.movement_date) from movements)
    ) as first_date

),

quarters as (

    select
        cast(
            unnest(
                generate_series(
                    date_trunc('quarter', first_dates.first_date), cast(as_of.as_of_date as timestamp), interval 3 months
                )
            ) as date
        ) as quarter_start_date
    from first_dates
    cross join as_of

),

-- A running quarter is measured against the part of it that has passed.
wanted as (

    select
        quarters.quarter_start_date,
        cast(least(quarters.quarter_start_date + interval 3 months - interval 1 day, as_of.as_of_date) as date) as last_date,
        date_diff(
            'day', quarters.quarter_start_date, least(quarters.quarter_start_date + interval 3 months, as_of.as_of_date + interval 1 day)
        ) / date_diff('day', quarters.quarter_start_date, quarters.quarter_start_date + interval 3 months) as passed_ratio
    from quarters
    cross join as_of
    where {{ touched_only('quarters.quarter_start_date') }}

),

measured as (

    select
        organisations.organisation_code,
        benchmarks.complaints_per_100m_premium,
        benchmarks.complaints_per_10k_policies,
        benchmarks.premium_weight_ratio,
        benchmarks.policies_weight_ratio
    from organisations
    inner join benchmarks on organisations.company_type = benchmarks.company_type

),

received as (

    select
        cast(date_trunc('quarter', accounting_date) as date) as quarter_start_date,
        organisation_code,
        sum(premium_amount) as premium_amount
    from premiums
    where {{ touched_only("cast(date_trunc('quarter', accounting_date) as date)") }}
    group by cast(date_trunc('quarter', accounting_date) as date), organisation_code

),

in_force as (

    select
        wanted.quarter_start_date,
        movements.organisation_code,
        sum(movements.policy_count) as policy_count
    from wanted
    inner join movements on wanted.last_date >= movements.movement_date
    group by wanted.quarter_start_date, movements.organisation_code

),

complained as (

    select
        cast(date_trunc('quarter', activity_date) as date) as quarter_start_date,
        organisation_code,
        sum(regulator_complaint_excluding_micro_count) as complaint_excluding_micro_count,
        sum(regulator_complaint_count) as complaint_count
    from complaints
    group by cast(date_trunc('quarter', activity_date) as date), organisation_code

),

counted as (

    select
        wanted.quarter_start_date,
        measured.organisation_code,
        measured.* exclude (organisation_code),
        wanted.passed_ratio,
        coalesce(received.premium_amount, 0) as premium_amount,
        coalesce(in_force.policy_count, 0) as policy_count,
        coalesce(complained.complaint_excluding_micro_count, 0) as complaint_excluding_micro_count,
        coalesce(complained.complaint_count, 0) as complaint_count
    from wanted
    cross join measured
    left join received
        on wanted.quarter_start_date = received.quarter_start_date and measured.organisation_code = received.organisation_code
    left join in_force
        on wanted.quarter_start_date = in_force.quarter_start_date and measured.organisation_code = in_force.organisation_code
    left join complained
        on wanted.quarter_start_date = complained.quarter_start_date and measured.organisation_code = complained.organisation_code

),

compared as (

    select
        quarter_start_date,
        organisation_code,
        cast(premium_amount as decimal(18, 2)) as scale_premium_excluding_micro_amount,
        cast(policy_count as bigint) as in_force_policy_count,
        cast(
            premium_weight_ratio * complaint_excluding_micro_count + policies_weight_ratio * complaint_count as decimal(18, 6)
        ) as weighted_complaint_count,
        cast(premium_weight_ratio as double) * premium_amount * complaints_per_100m_premium / 100000000
        + cast(policies_weight_ratio as double) * policy_count * complaints_per_10k_policies / 10000 * passed_ratio
            as weighted_expected_count
    from counted
    where
        premium_amount <> 0
        or policy_count <> 0
        or complaint_count <> 0

)

select * from compared
