with

source as (

    select * from {{ source('legal', 'lawsuit') }}
    qualify {{ latest_delivery(['lawsuit_number']) }}

),

renamed as (

    select
        -- keys
        lawsuit_number,
        organisation_code,
        -- attributes
        lawsuit_cause,
        procedure_kind,
        party_role,
        lawsuit_result,
        -- dates and times
        filed_date,
        time_limit_date,
        closed_date,
        -- amounts and counts
        claimed_amount,
        borne_amount
    from source

)

select * from renamed
