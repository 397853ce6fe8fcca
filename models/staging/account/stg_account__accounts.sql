with

source as (

    select * from {{ source('account', 'account') }}
    qualify {{ latest_delivery(['account_number']) }}

),

renamed as (

    select
        -- keys
        account_number,
        customer_id,
        -- attributes
        account_class,
        account_status,
        -- dates and times
        opened_date,
        verified_date,
        closed_date,
        changed_date,
        -- amounts and counts
        verification_channel_count,
        annual_limit_amount
    from source

)

select * from renamed
