with

source as (

    select * from {{ source('master_data', 'customer') }}
    qualify {{ latest_delivery(['customer_id']) }}

),

renamed as (

    select
        -- keys
        customer_id,
        organisation_code,
        household_code,
        -- attributes
        customer_type,
        gender,
        -- dates and times
        registered_date,
        updated_date,
        -- personal data, as keyed tokens only
        {{ keyed_token('id_number') }} as id_number_token,
        {{ keyed_token('mobile_number') }} as mobile_token,
        {{ keyed_token('postal_address') }} as address_token,
        cast(date_part('year', birth_date) as integer) as birth_year
        -- dropped: customer_name (a name is never needed downstream); email_address (an address for writing, not for analysis)
    from source

)

select * from renamed
