with

source as (

    select * from {{ source('compliance', 'commission') }}

),

renamed as (

    select
        -- keys
        commission_number,
        policy_number,
        intermediary_code,
        employee_code,
        -- dates and times
        paid_date,
        -- amounts and counts
        policy_year,
        premium_amount,
        commission_amount
    from source

)

select * from renamed
