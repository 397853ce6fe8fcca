with

source as (

    select * from {{ source('policy_admin', 'vehicle') }}

),

renamed as (

    select
        -- keys
        policy_number,
        vehicle_frame_number,
        -- attributes
        make_name,
        usage_kind,
        -- dates and times
        issue_date,
        first_registered_date,
        first_insured_date,
        -- amounts and counts
        market_amount,
        insured_amount,
        -- flags
        is_luxury
    from source

)

select * from renamed
