with

source as (

    select * from {{ source('scenario', 'parcel') }}
    qualify {{ latest_delivery(['order_number']) }}

),

renamed as (

    select
        -- keys
        order_number,
        policy_number,
        seller_code,
        category_code,
        origin_city_code,
        destination_city_code,
        -- attributes
        buyer_token,
        buyer_contact_token,
        seller_contact_token,
        return_reason,
        -- dates and times
        ordered_date,
        shipped_date,
        returned_date,
        -- amounts and counts
        distance_kilometres,
        freight_amount,
        -- flags
        is_returned
    from source

)

select * from renamed
