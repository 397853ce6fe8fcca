with

source as (

    select * from {{ source('marketing', 'channel_onboarding') }}
    qualify {{ latest_delivery(['onboarding_number']) }}

),

renamed as (

    select
        -- keys
        onboarding_number,
        organisation_code,
        channel_code,
        -- attributes
        access_mode,
        -- dates and times
        accepted_at,
        accepted_date,
        first_saleable_at,
        -- amounts and counts
        interface_count,
        retest_count
    from source

)

select * from renamed
