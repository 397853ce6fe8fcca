with

source as (

    select * from {{ source('account', 'reconciliation_case') }}
    qualify {{ latest_delivery(['case_number']) }}

),

renamed as (

    select
        -- keys
        case_number,
        order_number,
        line_number,
        -- attributes
        break_kind,
        resolution,
        -- dates and times
        order_date,
        opened_date,
        cleared_date,
        -- amounts and counts
        difference_amount
    from source

)

select * from renamed
