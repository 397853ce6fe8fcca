with

source as (

    select * from {{ source('claims', 'industry_enquiry') }}

),

renamed as (

    select
        -- keys
        enquiry_number,
        line_number,
        claim_number,
        insurer_code,
        -- attributes
        cover_group,
        -- dates and times
        enquired_date,
        other_issue_date,
        -- amounts and counts
        daily_allowance_amount
    from source

)

select * from renamed
