-- Detects long-term regular-premium policies that stand in no cohort, or in two.
-- Guards the joins of the cohort to products, rules and excluding requests.
-- A returned row is a cohort month whose number of policies differs from the policies delivered.
with

delivered as (

    select
        cast(date_trunc('month', policies.effective_date) as date) as cohort_month_start_date,
        count(*) as policy_count
    from {{ ref('stg_policy_admin__policies') }} as policies
    inner join {{ ref('dim_product') }} as products on policies.product_code = products.product_code
    where
        products.is_long_term
        and policies.payment_frequency <> 'single'
    group by cast(date_trunc('month', policies.effective_date) as date)

),

cohorts as (

    select
        observation_month,
        cohort_month_start_date,
        sum(cohort_policy_count) as policy_count
    from {{ ref('agg_persistency_cohorts') }}
    group by observation_month, cohort_month_start_date

),

expected as (

    select
        rules.observation_month,
        delivered.cohort_month_start_date,
        delivered.policy_count
    from delivered
    cross join {{ ref('persistency_rules') }} as rules

)

select
    expected.*,
    cohorts.policy_count as cohort_policy_count
from expected
left join cohorts
    on
        expected.observation_month = cohorts.observation_month
        and expected.cohort_month_start_date = cohorts.cohort_month_start_date
where expected.policy_count is distinct from cohorts.policy_count
