with

source as (

    select * from {{ source('legal', 'contract_milestone') }}
    qualify {{ latest_delivery(['milestone_number']) }}

),

renamed as (

    select
        -- keys
        milestone_number,
        contract_number,
        -- attributes
        milestone_kind,
        -- dates and times
        agreed_date,
        due_date,
        done_date,
        -- amounts and counts
        milestone_amount
    from source

)

select * from renamed
