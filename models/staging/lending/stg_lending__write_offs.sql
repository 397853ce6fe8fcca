with

source as (

    select * from {{ source('lending', 'write_off') }}
    qualify {{ latest_delivery(['write_off_number']) }}

),

renamed as (

    select
        -- keys
        write_off_number,
        loan_number,
        reason_code,
        -- dates and times
        written_off_date,
        last_recovered_date,
        -- amounts and counts
        principal_amount,
        interest_amount,
        recovered_amount
    from source

)

select * from renamed
