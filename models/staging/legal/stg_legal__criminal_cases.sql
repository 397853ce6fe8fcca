with

source as (

    select * from {{ source('legal', 'criminal_case') }}
    qualify {{ latest_delivery(['case_number']) }}

),

renamed as (

    select
        -- keys
        case_number,
        organisation_code,
        -- attributes
        offence_kind,
        -- dates and times
        known_date,
        reported_date,
        -- amounts and counts
        involved_amount,
        exposure_amount,
        net_asset_amount,
        involved_persons_count
    from source

)

select * from renamed
