with

source as (

    select * from {{ source('compliance', 'intermediary_authorisation') }}
    qualify {{ latest_delivery(['intermediary_code', 'authorised_code']) }}

),

renamed as (

    select
        -- keys
        intermediary_code,
        authorised_code,
        -- attributes
        authorisation_kind,
        -- dates and times
        valid_from_date,
        valid_to_date
    from source

)

select * from renamed
