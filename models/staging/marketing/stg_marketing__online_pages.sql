with

source as (

    select * from {{ source('marketing', 'online_page') }}
    qualify {{ latest_delivery(['page_code']) }}

),

renamed as (

    select
        -- keys
        page_code,
        organisation_code,
        consumer_review_number,
        compliance_approval_number,
        -- attributes
        page_name,
        page_kind,
        build_method,
        component_codes,
        -- dates and times
        built_date,
        published_date,
        offline_date,
        reviewed_date,
        -- amounts and counts
        development_day_count,
        development_cost_amount
    from source

)

select * from renamed
