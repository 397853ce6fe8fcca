with

source as (

    select * from {{ source('claims', 'claim_circumstance') }}

),

renamed as (

    select
        -- keys
        claim_number,
        device_fingerprint_code,
        repair_shop_code,
        handler_employee_code,
        -- attributes
        accident_kind,
        loss_description,
        late_report_reason,
        damaged_zone,
        -- dates and times
        reported_date,
        accident_at,
        -- amounts and counts
        report_distance_km,
        deductible_amount,
        -- flags
        has_third_party,
        is_injury,
        has_left_scene,
        has_police_report,
        is_self_service,
        is_reported_by_shop,
        -- personal data, as keyed tokens only
        {{ keyed_token('reporter_id_number') }} as reporter_id_token,
        {{ keyed_token('reporter_mobile_number') }} as reporter_mobile_token
    from source

)

select * from renamed
