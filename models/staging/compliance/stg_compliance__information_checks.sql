with

source as (

    select * from {{ source('compliance', 'information_check') }}
    qualify {{ latest_delivery(['policy_number']) }}

),

renamed as (

    select
        -- keys
        policy_number,
        -- attributes
        name_result,
        id_number_result,
        mobile_result,
        address_result,
        -- dates and times
        checked_date,
        corrected_date,
        -- flags
        is_commission_withheld
    from source

)

select * from renamed
