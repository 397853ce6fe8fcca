-- Detects policies lost or doubled on their way from the deliveries to the daily aggregate.
-- Guards the joins of policies to products and coefficients: each policy finds exactly one of each.
-- A returned row is a date of issue whose count or premium differs between staging, fact and aggregate.
with

delivered as (

    select
        issue_date,
        count(*) as policy_count,
        sum(premium_amount) as premium_amount
    from {{ ref('stg_policy_admin__policies') }}
    group by issue_date

),

issued as (

    select
        issue_date,
        count(*) as policy_count,
        sum(premium_amount) as premium_amount,
        sum(standard_premium_amount) as standard_premium_amount
    from {{ ref('fct_policies') }}
    group by issue_date

),

aggregated as (

    select
        issue_date,
        sum(policy_count) as policy_count,
        sum(premium_amount) as premium_amount,
        sum(standard_premium_amount) as standard_premium_amount
    from {{ ref('agg_policies_daily') }}
    group by issue_date

),

compared as (

    select
        coalesce(delivered.issue_date, issued.issue_date, aggregated.issue_date) as issue_date,
        delivered.policy_count as delivered_count,
        issued.policy_count as issued_count,
        aggregated.policy_count as aggregated_count,
        delivered.premium_amount as delivered_amount,
        issued.premium_amount as issued_amount,
        aggregated.premium_amount as aggregated_amount,
        issued.standard_premium_amount as issued_standard_amount,
        aggregated.standard_premium_amount as aggregated_standard_amount
    from delivered
    full join issued on delivered.issue_date = issued.issue_date
    full join aggregated on coalesce(delivered.issue_date, issued.issue_date) = aggregated.issue_date

)

select * from compared
where
    delivered_count is distinct from issued_count
    or delivered_count is distinct from aggregated_count
    or delivered_amount is distinct from issued_amount
    or delivered_amount is distinct from aggregated_amount
    or issued_standard_amount is distinct from aggregated_standard_amount
