with

source as (

    select * from {{ source('policy_admin', 'health_declaration') }}

),

renamed as (

    select
        -- keys
        declaration_number,
        policy_number,
        -- dates and times
        issue_date,
        declared_date,
        waiting_period_end_date,
        -- amounts and counts
        cumulative_cover_amount,
        examination_limit_amount,
        -- flags
        has_illness,
        has_hospital_stay,
        is_smoker,
        is_examined
    from source

)

select * from renamed
