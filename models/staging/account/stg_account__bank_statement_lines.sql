with

source as (

    select * from {{ source('account', 'bank_statement_line') }}

),

renamed as (

    select
        -- keys
        line_number,
        order_number,
        bank_code,
        -- attributes
        direction,
        -- dates and times
        booked_date,
        -- amounts and counts
        amount
    from source

)

select * from renamed
