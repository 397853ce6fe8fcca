with

source as (

    select * from {{ source('master_data', 'intermediary') }}
    qualify {{ latest_delivery(['intermediary_code']) }}

),

renamed as (

    select
        -- keys
        intermediary_code,
        organisation_code,
        channel_code,
        -- attributes
        intermediary_name_zh,
        intermediary_name_en,
        intermediary_type,
        -- dates and times
        updated_date
    from source

)

select * from renamed
