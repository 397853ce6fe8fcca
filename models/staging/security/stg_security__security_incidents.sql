with

source as (

    select * from {{ source('security', 'security_incident') }}
    qualify {{ latest_delivery(['incident_number']) }}

),

renamed as (

    select
        -- keys
        incident_number,
        system_code,
        organisation_code,
        iso_clause_code,
        -- attributes
        incident_kind,
        -- dates and times
        found_date,
        closed_date,
        -- amounts and counts
        incident_level,
        affected_record_count
    from source

)

select * from renamed
