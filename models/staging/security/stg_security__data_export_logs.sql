with

source as (

    select * from {{ source('security', 'data_export_log') }}

),

renamed as (

    select
        -- keys
        export_number,
        employee_code,
        -- attributes
        export_purpose,
        -- dates and times
        exported_at,
        exported_date,
        -- amounts and counts
        records_count,
        -- flags
        has_personal_data,
        is_approved
    from source

)

select * from renamed
