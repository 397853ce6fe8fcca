with

source as (

    select * from {{ source('compliance', 'material_review') }}
    qualify {{ latest_delivery(['material_number']) }}

),

renamed as (

    select
        -- keys
        material_number,
        organisation_code,
        product_code,
        consumer_review_number,
        compliance_approval_number,
        -- attributes
        material_kind,
        review_result,
        -- dates and times
        submitted_date,
        reviewed_date,
        published_date
    from source

)

select * from renamed
