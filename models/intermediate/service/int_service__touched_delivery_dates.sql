with

deliveries as (

    select * from {{ ref('stg_policy_admin__policy_deliveries') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['policy_admin.policy_delivery', 'policy_admin.policy']) }}

),

-- A corrected policy may have another date of application, and its delivery stands under its own date of issue.
policy_corrected as (

    select distinct deliveries.issue_date as business_date
    from deliveries
    where exists (
        select 1 from corrected
        where (corrected.source_name, corrected.entity_name) = ('policy_admin', 'policy')
    )

),

touched as (

    select business_date from delivered
    union
    select business_date from policy_corrected

)

select * from touched
