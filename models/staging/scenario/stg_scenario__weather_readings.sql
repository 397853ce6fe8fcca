with

source as (

    select * from {{ source('scenario', 'weather_reading') }}

),

renamed as (

    select
        -- keys
        city_code,
        reading_date,
        -- attributes
        city_name_zh,
        -- dates and times
        warmest_at,
        -- amounts and counts
        maximum_celsius,
        rain_millimetres
    from source

)

select * from renamed
