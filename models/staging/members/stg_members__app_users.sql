with

source as (

    select * from {{ source('members', 'app_user') }}
    qualify {{ latest_delivery(['user_id']) }}

),

renamed as (

    select
        -- keys
        user_id,
        customer_id,
        -- attributes
        platform,
        registration_source,
        -- dates and times
        registered_date,
        bound_date
    from source

)

select * from renamed
