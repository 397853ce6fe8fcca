with

customers as (

    select * from {{ ref('stg_master_data__customers') }}

),

keyed as (

    select
        *,
        -- One person, one key: the identity number decides. A shared mobile number or household does not, since families
        -- share them. A record without an identity number stays alone until one is delivered.
        left(sha256(coalesce('person ' || id_number_token, 'record ' || customer_id)), 24) as customer_key
    from customers

)

select * from keyed
