with

source as (

    select * from {{ source('scenario', 'cover_term') }}

),

renamed as (

    select
        -- keys
        policy_number,
        trigger_code,
        city_code,
        -- attributes
        threshold_unit,
        -- dates and times
        issue_date,
        -- amounts and counts
        threshold_level,
        unit_amount,
        maximum_amount
    from source

)

select * from renamed
