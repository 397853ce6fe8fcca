with

source as (

    select * from {{ source('compliance', 'customer_due_diligence') }}
    qualify {{ latest_delivery(['diligence_number']) }}

),

renamed as (

    select
        -- keys
        diligence_number,
        business_number,
        policy_number,
        customer_id,
        organisation_code,
        -- attributes
        business_kind,
        -- dates and times
        occurred_date,
        identified_date,
        -- amounts and counts
        business_amount,
        -- flags
        is_complete
    from source

)

select * from renamed
