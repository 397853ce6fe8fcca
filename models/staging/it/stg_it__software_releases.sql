with

source as (

    select * from {{ source('it', 'software_release') }}

),

renamed as (

    select
        -- keys
        release_number,
        system_code,
        organisation_code,
        team_code,
        -- dates and times
        planned_date,
        released_date,
        -- amounts and counts
        delivered_point_count,
        person_month_count,
        defect_count,
        -- flags
        is_emergency
    from source

)

select * from renamed
