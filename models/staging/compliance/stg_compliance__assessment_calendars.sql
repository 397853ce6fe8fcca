with

source as (

    select * from {{ source('compliance', 'assessment_calendar') }}

),

renamed as (

    select
        -- keys
        assessment_code,
        organisation_code,
        -- attributes
        assessment_kind,
        -- dates and times
        announced_date,
        starts_date,
        assessment_date
    from source

)

select * from renamed
