-- Detects servicing requests lost or doubled on their way to the daily aggregate, and completions without an application.
-- Guards the two dates under which a request counts, and the seed that says which kinds are customers' requests.
-- A returned row is a kind of date whose total differs between staging and aggregate.
with

requests as (

    select requests.*
    from {{ ref('stg_policy_admin__servicing_requests') }} as requests
    inner join {{ ref('servicing_types') }} as servicing_types on requests.servicing_type = servicing_types.servicing_type
    where servicing_types.is_customer_request

),

aggregated as (

    select
        sum(applied_request_count) as applied_count,
        sum(completed_request_count) as completed_count,
        sum(request_completion_days) as completion_days
    from {{ ref('agg_servicing_requests_daily') }}

),

delivered as (

    select
        count(*) as applied_count,
        count(*) filter (where request_status = 'completed' and completed_date is not null) as completed_count,
        coalesce(sum(completed_date - applied_date) filter (where request_status = 'completed'), 0) as completion_days
    from requests

)

select
    delivered.*,
    aggregated.*
from delivered
cross join aggregated
where
    delivered.applied_count <> coalesce(aggregated.applied_count, 0)
    or delivered.completed_count <> coalesce(aggregated.completed_count, 0)
    or delivered.completion_days <> coalesce(aggregated.completion_days, 0)
