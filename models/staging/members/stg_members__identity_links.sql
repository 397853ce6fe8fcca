with

source as (

    select * from {{ source('members', 'identity_link') }}
    qualify {{ latest_delivery(['customer_id']) }}

),

renamed as (

    select
        -- keys
        customer_id,
        organisation_code,
        unified_customer_id,
        -- attributes
        match_method,
        -- dates and times
        registered_date,
        linked_date,
        updated_date,
        -- amounts and counts
        match_ratio
    from source

)

select * from renamed
