with

source as (

    select * from {{ source('policy_admin', 'delivery_chase') }}

),

renamed as (

    select
        -- keys
        chase_number,
        policy_number,
        cause_code,
        -- attributes
        call_result,
        -- dates and times
        called_date,
        called_at,
        -- amounts and counts
        chase_sequence,
        application_to_call_days
    from source

)

select * from renamed
