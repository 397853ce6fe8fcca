with

cohort_policies as (

    select * from {{ ref('int_business__persistency_policies') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

cohorts as (

    select
        cohort_policies.observation_month,
        cohort_policies.cohort_month_start_date,
        cohort_policies.evaluation_date,
        cohort_policies.organisation_code,
        cohort_policies.channel_code,
        cohort_policies.product_code,
        cohort_policies.intermediary_code,
        bool_and(cohort_policies.evaluation_date <= as_of.as_of_date) as is_mature,
        count(*) as cohort_policy_count,
        count(*) filter (where cohort_policies.is_excluded) as excluded_policy_count,
        count(*) filter (where not cohort_policies.is_excluded and cohort_policies.is_kept) as kept_policy_count,
        cast(
            coalesce(sum(cohort_policies.first_instalment_amount) filter (where not cohort_policies.is_excluded), 0) as decimal(18, 2)
        ) as first_instalment_amount,
        cast(
            coalesce(sum(cohort_policies.observed_instalment_amount) filter (where not cohort_policies.is_excluded), 0) as decimal(18, 2)
        ) as observed_instalment_amount
    from cohort_policies
    cross join as_of
    group by all

),

marked as (

    select
        observation_month,
        cohort_month_start_date,
        evaluation_date,
        organisation_code,
        channel_code,
        product_code,
        intermediary_code,
        cohort_policy_count,
        case when is_mature then cohort_policy_count - excluded_policy_count else 0 end as mature_judged_policy_count,
        case when is_mature then kept_policy_count else 0 end as mature_kept_policy_count,
        cast(case when is_mature then first_instalment_amount else 0 end as decimal(18, 2)) as mature_first_instalment_amount,
        cast(case when is_mature then observed_instalment_amount else 0 end as decimal(18, 2)) as mature_observed_instalment_amount
    from cohorts

)

select * from marked
