with

source as (

    select * from {{ source('marketing', 'private_domain_member') }}
    qualify {{ latest_delivery(['member_number']) }}

),

renamed as (

    select
        -- keys
        member_number,
        customer_id,
        organisation_code,
        operating_account_code,
        -- attributes
        domain_kind,
        join_source,
        -- dates and times
        joined_date,
        left_date
    from source

)

select * from renamed
