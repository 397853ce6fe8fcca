with

source as (

    select * from {{ source('claims', 'claim_payment') }}

),

renamed as (

    select
        -- keys
        payment_number,
        claim_number,
        -- attributes
        payee_relation,
        -- dates and times
        paid_at,
        paid_date,
        -- amounts and counts
        paid_amount,
        -- flags
        has_payment_authorisation,
        is_automatic,
        -- personal data, as keyed tokens only
        {{ keyed_token('payee_id_number') }} as payee_id_token,
        {{ keyed_token('payee_bank_card_number') }} as payee_bank_card_token
        -- dropped: payee_name (a name is never needed downstream)
    from source

)

select * from renamed
