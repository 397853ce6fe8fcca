with

source as (

    select * from {{ source('compliance', 'consumer_protection_assessment') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        assessment_year,
        -- dates and times
        assessed_date,
        -- amounts and counts
        governance_score,
        mechanism_score,
        service_score,
        education_score,
        dispute_score,
        deduction_score
    from source

)

select * from renamed
