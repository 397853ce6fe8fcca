{{
    config(
        materialized='by_business_date',
        business_date='issue_date',
        touched_by=['policy_admin.policy', 'policy_admin.policy_delivery']
    )
}}

with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}
    where {{ touched_only('issue_date') }}

),

printed_policies as (

    select policy_number
    from {{ ref('stg_policy_admin__policy_deliveries') }}
    where (delivery_method = 'paper' or printed_date is not null) and {{ touched_only('issue_date') }}

),

-- No paper at either end: signed electronically, and no policy printed, not even beside an electronic one.
daily as (

    select
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        count(*) as policy_count,
        count(*) filter (where policies.is_electronic and printed_policies.policy_number is null) as paperless_policy_count
    from policies
    left join printed_policies on policies.policy_number = printed_policies.policy_number
    group by policies.issue_date, policies.organisation_code, policies.channel_code, policies.product_code

)

select * from daily
