with

source as (

    select * from {{ source('policy_admin', 'premium_payment') }}

),

renamed as (

    select
        -- keys
        payment_number,
        policy_number,
        -- attributes
        payment_method,
        -- dates and times
        due_date,
        accounting_date,
        -- amounts and counts
        policy_year,
        premium_amount,
        account_value_amount
    from source

)

select * from renamed
