with

source as (

    select * from {{ source('scenario', 'flight') }}

),

renamed as (

    select
        -- keys
        flight_code,
        flight_number,
        carrier_code,
        origin_airport_code,
        destination_airport_code,
        -- dates and times
        flight_date,
        scheduled_departure_at,
        actual_departure_at,
        scheduled_arrival_at,
        actual_arrival_at,
        -- amounts and counts
        departure_delay_minutes,
        arrival_delay_minutes,
        wind_kilometres_per_hour,
        rain_millimetres,
        visibility_kilometres,
        -- flags
        is_cancelled,
        is_diverted
    from source

)

select * from renamed
