with

source as (

    select * from {{ source('compliance', 'dual_recording') }}
    qualify {{ latest_delivery(['recording_number']) }}

),

renamed as (

    select
        -- keys
        recording_number,
        policy_number,
        -- attributes
        quality_result,
        -- dates and times
        recorded_date,
        checked_date
    from source

)

select * from renamed
