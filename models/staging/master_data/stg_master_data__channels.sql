with

source as (

    select * from {{ source('master_data', 'channel') }}
    qualify {{ latest_delivery(['channel_code']) }}

),

renamed as (

    select
        -- keys
        channel_code,
        parent_channel_code,
        -- attributes
        channel_name_zh,
        channel_name_en,
        channel_group,
        -- dates and times
        updated_date
    from source

)

select * from renamed
