with

source as (

    select * from {{ source('compliance', 'aml_large_transaction_report') }}
    qualify {{ latest_delivery(['report_number']) }}

),

renamed as (

    select
        -- keys
        report_number,
        customer_id,
        organisation_code,
        -- attributes
        transaction_kind,
        -- dates and times
        occurred_date,
        reported_date,
        -- amounts and counts
        transaction_amount
    from source

)

select * from renamed
