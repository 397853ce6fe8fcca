with

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['policy_admin.servicing_request']) }}

),

-- The application dates of requests whose approval was delivered: their rows stand under the date of application.
applied as (

    select requests.applied_date as business_date
    from requests
    where requests.completed_date in (select delivered.business_date from delivered)

),

-- A corrected policy may have moved to another organisation or product, and its requests with it.
policy_corrected as (

    select requests.applied_date as business_date
    from requests
    where
        exists (
            select 1 from corrected
            where (corrected.source_name, corrected.entity_name) = ('policy_admin', 'policy')
        )

    union

    select requests.completed_date as business_date
    from requests
    where
        requests.completed_date is not null
        and exists (
            select 1 from corrected
            where (corrected.source_name, corrected.entity_name) = ('policy_admin', 'policy')
        )

),

touched as (

    select business_date from delivered
    union
    select business_date from applied
    union
    select business_date from policy_corrected

)

select * from touched
