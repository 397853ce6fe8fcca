with

source as (

    select * from {{ source('it', 'system_outage') }}

),

renamed as (

    select
        -- keys
        outage_number,
        system_code,
        organisation_code,
        cause_code,
        -- dates and times
        started_at,
        ended_at,
        outage_date,
        -- amounts and counts
        outage_minute_count,
        -- flags
        is_planned
    from source

)

select * from renamed
