with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

-- Imported twice, because DuckDB writes down whole what is read twice: 0.17 s a day at 6 million policies against 0.01 s.
all_policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

serviced_dates as (

    {{ touched_dates_of(['policy_admin.servicing_request']) }}

),

delivered as (

    {{ touched_dates_of(['policy_admin.policy']) }}

),

-- A request changes the life of its policy, which stands under the policy's date of issue.
serviced as (

    select policies.issue_date as business_date
    from policies
    where policies.policy_number in (
        select requests.policy_number
        from requests
        where
            requests.applied_date in (select serviced_dates.business_date from serviced_dates)
            or requests.completed_date in (select serviced_dates.business_date from serviced_dates)
    )

),

-- A request that a corrected delivery has taken away no longer leads to its policy, so every date is built again.
withdrawn as (

    select all_policies.issue_date as business_date
    from all_policies
    where exists (
        select 1 from corrected
        where (corrected.source_name, corrected.entity_name) = ('policy_admin', 'servicing_request')
    )

),

touched as (

    select business_date from delivered
    union
    select business_date from serviced
    union
    select business_date from withdrawn

)

select * from touched
