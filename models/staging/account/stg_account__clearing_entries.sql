with

source as (

    select * from {{ source('account', 'clearing_entry') }}

),

renamed as (

    select
        -- keys
        entry_number,
        order_number,
        payee_organisation_code,
        -- dates and times
        clearing_date,
        due_date,
        settled_date,
        -- amounts and counts
        amount
    from source

)

select * from renamed
