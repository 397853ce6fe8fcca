with

source as (

    select * from {{ source('lending', 'instalment') }}
    qualify {{ latest_delivery(['loan_number', 'instalment_number']) }}

),

renamed as (

    select
        -- keys
        loan_number,
        instalment_number,
        -- dates and times
        due_date,
        paid_date,
        -- amounts and counts
        principal_due_amount,
        interest_due_amount,
        paid_amount
    from source

)

select * from renamed
