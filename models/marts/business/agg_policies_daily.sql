{{ config(materialized='by_business_date', business_date='issue_date', touched_by=['policy_admin.policy']) }}

with

policies as (

    select * from {{ ref('fct_policies') }}
    where {{ touched_only('issue_date') }}

),

daily as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as policy_count,
        count(*) filter (where not is_micro_premium) as policy_excluding_micro_count,
        count(*) filter (where application_to_issue_days <= 5) as issued_within_5_days_count,
        count(*) filter (where is_electronic) as electronic_count,
        cast(sum(premium_amount) as decimal(18, 2)) as premium_amount,
        cast(sum(standard_premium_amount) as decimal(18, 2)) as standard_premium_amount,
        cast(sum(annualised_premium_amount) as decimal(18, 2)) as annualised_premium_amount
    from policies
    group by issue_date, organisation_code, channel_code, product_code

)

select * from daily
