with

source as (

    select * from {{ source('legal', 'contract') }}
    qualify {{ latest_delivery(['contract_number']) }}

),

renamed as (

    select
        -- keys
        contract_number,
        organisation_code,
        department_code,
        -- attributes
        contract_kind,
        counterparty_name,
        -- dates and times
        submitted_date,
        approved_date,
        effective_date,
        expiry_date,
        first_performance_date,
        renewal_started_date,
        -- amounts and counts
        contract_amount,
        returned_days
    from source

)

select * from renamed
