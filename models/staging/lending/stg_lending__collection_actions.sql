with

source as (

    select * from {{ source('lending', 'collection_action') }}

),

renamed as (

    select
        -- keys
        action_number,
        loan_number,
        collector_code,
        -- attributes
        action_kind,
        contact_result,
        -- dates and times
        action_date,
        -- amounts and counts
        instalment_number,
        days_past_due
    from source

)

select * from renamed
