with

source as (

    select * from {{ source('finance', 'balance_sheet_item') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        balance_date,
        item_code,
        -- attributes
        item_class,
        -- amounts and counts
        item_amount
    from source

)

select * from renamed
