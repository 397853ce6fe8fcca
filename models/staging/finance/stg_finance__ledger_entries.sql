with

source as (

    select * from {{ source('finance', 'ledger_entry') }}

),

renamed as (

    select
        -- keys
        voucher_number,
        line_number,
        organisation_code,
        account_code,
        channel_code,
        cost_centre_code,
        vendor_code,
        -- attributes
        product_line,
        -- dates and times
        accounting_date,
        -- amounts and counts
        debit_amount,
        credit_amount
    from source

)

select * from renamed
