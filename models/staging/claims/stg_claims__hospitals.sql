with

source as (

    select * from {{ source('claims', 'hospital') }}

),

renamed as (

    select
        -- keys
        hospital_code,
        -- attributes
        hospital_name,
        -- dates and times
        listed_date,
        -- amounts and counts
        hospital_level,
        -- flags
        is_public
    from source

)

select * from renamed
