with

source as (

    select * from {{ source('contact_centre', 'policy_callback') }}
    qualify {{ latest_delivery(['attempt_number']) }}

),

renamed as (

    select
        -- keys
        attempt_number,
        policy_number,
        problem_code,
        -- attributes
        callback_channel,
        call_result,
        intermediary_answer,
        -- dates and times
        attempted_at,
        attempted_date,
        succeeded_date,
        problem_handled_date,
        -- amounts and counts
        attempt_sequence,
        talk_seconds,
        -- flags
        is_answered_by_holder,
        is_terms_understood
    from source

)

select * from renamed
