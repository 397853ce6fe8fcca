with

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where
        servicing_type = 'free_look_cancellation'
        and request_status = 'completed'
        and completed_date is not null

),

first_completed as (

    select
        policy_number,
        applied_date,
        completed_date,
        refund_amount
    from requests
    qualify row_number() over (partition by policy_number order by completed_date, request_number) = 1

)

select * from first_completed
