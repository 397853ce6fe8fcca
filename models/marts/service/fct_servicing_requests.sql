-- depends_on: {{ ref('int_service__touched_request_dates') }}
{{
    config(
        materialized='by_business_date',
        business_date='applied_date',
        touched_dates_sql='select business_date from intermediate.int_service__touched_request_dates'
    )
}}

with

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where {{ touched_only('applied_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

servicing_types as (

    select * from {{ ref('servicing_types') }}

),

measured as (

    select
        requests.request_number,
        requests.policy_number,
        policies.product_code,
        policies.organisation_code,
        policies.channel_code,
        requests.servicing_type,
        requests.request_status,
        requests.applied_date,
        requests.completed_date,
        requests.new_expiry_date,
        requests.refund_amount,
        case
            when requests.request_status = 'completed' then cast(requests.completed_date - requests.applied_date as integer)
        end as application_to_completion_days,
        servicing_types.is_customer_request,
        requests.request_status = 'completed' and requests.completed_date is not null as is_completed,
        requests.request_status = 'withdrawn' as is_withdrawn
    from requests
    inner join policies on requests.policy_number = policies.policy_number
    left join servicing_types on requests.servicing_type = servicing_types.servicing_type

)

select * from measured
