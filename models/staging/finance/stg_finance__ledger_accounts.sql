with

source as (

    select * from {{ source('finance', 'ledger_account') }}
    qualify {{ latest_delivery(['account_code']) }}

),

renamed as (

    select
        -- keys
        account_code,
        -- attributes
        account_name_zh,
        account_name_en,
        account_class,
        expense_function,
        -- dates and times
        updated_date,
        -- flags
        is_fixed
    from source

)

select * from renamed
