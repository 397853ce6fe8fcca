with

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where
        request_status = 'completed'
        and completed_date is not null

),

servicing_types as (

    select * from {{ ref('servicing_types') }}
    where in_force_effect <> 'none'

),

events as (

    select
        requests.request_number,
        requests.policy_number,
        requests.servicing_type,
        servicing_types.in_force_effect,
        cast(requests.completed_date + servicing_types.days_until_effective as date) as event_date,
        requests.new_expiry_date
    from requests
    inner join servicing_types on requests.servicing_type = servicing_types.servicing_type

)

select * from events
