with

source as (

    select * from {{ source('master_data', 'organisation') }}
    qualify {{ latest_delivery(['organisation_code']) }}

),

renamed as (

    select
        -- keys
        organisation_code,
        parent_organisation_code,
        region_code,
        -- attributes
        organisation_name_zh,
        organisation_name_en,
        company_type,
        -- dates and times
        updated_date,
        -- amounts and counts
        organisation_level
    from source

)

select * from renamed
