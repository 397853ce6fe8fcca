with

source as (

    select * from {{ source('contact_centre', 'survey_response') }}

),

renamed as (

    select
        -- keys
        response_number,
        organisation_code,
        customer_id,
        -- attributes
        touchpoint,
        survey_channel,
        -- dates and times
        responded_at,
        responded_date,
        -- amounts and counts
        satisfaction_score,
        recommendation_score
    from source

)

select * from renamed
