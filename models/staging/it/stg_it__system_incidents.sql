with

source as (

    select * from {{ source('it', 'system_incident') }}

),

renamed as (

    select
        -- keys
        incident_number,
        system_code,
        organisation_code,
        priority_code,
        category_code,
        -- dates and times
        opened_at,
        resolved_at,
        opened_date
    from source

)

select * from renamed
