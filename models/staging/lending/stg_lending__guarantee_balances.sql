with

source as (

    select * from {{ source('lending', 'guarantee_balance') }}

),

renamed as (

    select
        -- keys
        guarantee_number,
        balance_date,
        -- amounts and counts
        outstanding_principal_amount,
        retained_liability_amount,
        days_past_due
    from source

)

select * from renamed
