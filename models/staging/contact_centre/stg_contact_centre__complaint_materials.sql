with

source as (

    select * from {{ source('contact_centre', 'complaint_material') }}

),

renamed as (

    select
        -- keys
        material_number,
        complaint_number,
        similarity_group_code,
        -- attributes
        material_kind,
        addressed_to,
        text_fingerprint,
        network_address_token,
        -- dates and times
        submitted_at,
        submitted_date,
        -- amounts and counts
        similarity_ratio,
        -- personal data, as keyed tokens only
        {{ keyed_token('contact_mobile_number') }} as contact_mobile_token,
        {{ keyed_token('mailing_address') }} as mailing_address_token
    from source

)

select * from renamed
