with

source as (

    select * from {{ source('claims', 'claim_stage_event') }}

),

renamed as (

    select
        -- keys
        event_number,
        claim_number,
        -- attributes
        stage,
        conclusion,
        -- dates and times
        occurred_at,
        event_date,
        -- amounts and counts
        amount,
        -- flags
        is_automatic
    from source

)

select * from renamed
