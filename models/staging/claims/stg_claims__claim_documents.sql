with

source as (

    select * from {{ source('claims', 'claim_document') }}

),

renamed as (

    select
        -- keys
        document_number,
        claim_number,
        invoice_number,
        -- attributes
        document_kind,
        image_hash,
        verification_result,
        -- dates and times
        received_date,
        -- amounts and counts
        similarity_ratio,
        exif_difference_hours,
        exif_distance_km,
        manipulation_ratio,
        invoice_amount
    from source

)

select * from renamed
