with

source as (

    select * from {{ source('scenario', 'flight_booking') }}
    qualify {{ latest_delivery(['booking_number']) }}

),

renamed as (

    select
        -- keys
        booking_number,
        policy_number,
        flight_code,
        flight_number,
        ticket_number,
        -- attributes
        passenger_token,
        booking_status,
        -- dates and times
        flight_date,
        booked_date,
        checked_in_at,
        -- flags
        is_checked_in,
        is_boarded
    from source

)

select * from renamed
