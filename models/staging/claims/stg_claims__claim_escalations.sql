with

source as (

    select * from {{ source('claims', 'claim_escalation') }}
    qualify {{ latest_delivery(['escalation_number']) }}

),

renamed as (

    select
        -- keys
        escalation_number,
        claim_number,
        -- attributes
        escalated_to,
        -- dates and times
        dwelling_since_at,
        escalated_at,
        escalated_date,
        due_date,
        resolved_at,
        -- amounts and counts
        escalation_level
    from source

)

select * from renamed
