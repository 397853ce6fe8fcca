with

source as (

    select * from {{ source('audit', 'control_issue') }}
    qualify {{ latest_delivery(['issue_number']) }}

),

renamed as (

    select
        -- keys
        issue_number,
        organisation_code,
        department_code,
        -- attributes
        issue_source,
        issue_status,
        -- dates and times
        found_date,
        due_date,
        remediated_date,
        -- amounts and counts
        severity_level
    from source

)

select * from renamed
