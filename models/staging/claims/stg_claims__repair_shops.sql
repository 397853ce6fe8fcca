with

source as (

    select * from {{ source('claims', 'repair_shop') }}

),

renamed as (

    select
        -- keys
        repair_shop_code,
        organisation_code,
        -- attributes
        repair_shop_name,
        -- dates and times
        cooperation_date,
        -- flags
        is_brand_dealer,
        -- personal data, as keyed tokens only
        {{ keyed_token('contact_mobile_number') }} as contact_mobile_token
    from source

)

select * from renamed
