with

source as (

    select * from {{ source('claims', 'survey_task') }}

),

renamed as (

    select
        -- keys
        task_number,
        claim_number,
        surveyor_employee_code,
        -- attributes
        task_kind,
        survey_method,
        -- dates and times
        ended_date,
        started_at,
        ended_at,
        -- amounts and counts
        duration_minutes_count
    from source

)

select * from renamed
