with

source as (

    select * from {{ source('it', 'information_system') }}
    qualify {{ latest_delivery(['system_code']) }}

),

renamed as (

    select
        -- keys
        system_code,
        organisation_code,
        -- attributes
        system_name_zh,
        system_name_en,
        -- dates and times
        in_service_date,
        -- flags
        is_core
    from source

)

select * from renamed
