with

source as (

    select * from {{ source('master_data', 'intermediary_licence') }}
    qualify {{ latest_delivery(['licence_number']) }}

),

renamed as (

    select
        -- keys
        licence_number,
        intermediary_code,
        -- attributes
        licence_type,
        -- dates and times
        issued_date,
        expiry_date,
        updated_date
    from source

)

select * from renamed
