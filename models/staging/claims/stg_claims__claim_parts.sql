with

source as (

    select * from {{ source('claims', 'claim_part') }}

),

renamed as (

    select
        -- keys
        part_number,
        claim_number,
        part_code,
        -- attributes
        part_action,
        -- dates and times
        assessed_date,
        repaired_date,
        -- amounts and counts
        quoted_amount,
        agreed_amount
    from source

)

select * from renamed
