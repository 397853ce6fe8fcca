with

source as (

    select * from {{ source('claims', 'claim_notice') }}

),

renamed as (

    select
        -- keys
        notice_number,
        claim_number,
        -- attributes
        notice_kind,
        -- dates and times
        documents_complete_date,
        decided_date,
        due_date,
        sent_date
    from source

)

select * from renamed
