with

source as (

    select * from {{ source('lending', 'credit_limit') }}

),

renamed as (

    select
        -- keys
        change_number,
        customer_id,
        long_term_policy_number,
        -- attributes
        change_kind,
        -- dates and times
        changed_date,
        -- amounts and counts
        previous_limit_amount,
        credit_limit_amount
    from source

)

select * from renamed
