with

source as (

    select * from {{ source('members', 'app_activity') }}

),

renamed as (

    select
        -- keys
        user_id,
        activity_date,
        -- attributes
        platform,
        -- amounts and counts
        login_count,
        payment_count,
        content_count,
        service_count
    from source

)

select * from renamed
