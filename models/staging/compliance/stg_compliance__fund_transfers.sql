with

source as (

    select * from {{ source('compliance', 'fund_transfer') }}

),

renamed as (

    select
        -- keys
        transfer_number,
        customer_id,
        organisation_code,
        policy_number,
        -- attributes
        customer_type,
        transfer_direction,
        account_relation,
        -- dates and times
        transferred_date,
        -- amounts and counts
        transfer_amount,
        -- flags
        is_registered_account,
        is_cross_border
    from source

)

select * from renamed
