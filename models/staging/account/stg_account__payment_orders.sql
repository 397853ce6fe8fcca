with

source as (

    select * from {{ source('account', 'payment_order') }}

),

renamed as (

    select
        -- keys
        order_number,
        customer_id,
        organisation_code,
        payee_organisation_code,
        -- attributes
        order_type,
        payment_route,
        order_status,
        failure_reason,
        -- dates and times
        requested_at,
        completed_at,
        order_date,
        -- amounts and counts
        amount,
        -- personal data, as keyed tokens only
        {{ keyed_token('bank_card_number') }} as bank_card_token
    from source

)

select * from renamed
