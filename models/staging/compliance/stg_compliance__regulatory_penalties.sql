with

source as (

    select * from {{ source('compliance', 'regulatory_penalty') }}

),

renamed as (

    select
        -- keys
        penalty_number,
        organisation_code,
        reason_code,
        -- attributes
        penalised_kind,
        regulator_kind,
        -- dates and times
        decided_date,
        -- amounts and counts
        penalty_amount
    from source

)

select * from renamed
