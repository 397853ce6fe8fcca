with

source as (

    select * from {{ source('marketing', 'private_domain_activity') }}

),

renamed as (

    select
        -- keys
        member_number,
        activity_month,
        -- dates and times
        month_end_date,
        -- amounts and counts
        message_count,
        content_click_count,
        share_count
    from source

)

select * from renamed
