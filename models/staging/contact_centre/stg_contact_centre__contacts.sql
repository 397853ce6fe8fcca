with

source as (

    select * from {{ source('contact_centre', 'contact') }}

),

renamed as (

    select
        -- keys
        contact_number,
        customer_id,
        organisation_code,
        queue_code,
        employee_code,
        -- attributes
        contact_type,
        platform,
        intent,
        -- dates and times
        started_at,
        contact_date,
        -- amounts and counts
        wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_up_seconds,
        satisfaction_score,
        -- flags
        is_human_requested,
        is_human_answered,
        is_transferred_to_human
    from source

)

select * from renamed
