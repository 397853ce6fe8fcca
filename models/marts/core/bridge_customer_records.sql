with

records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

linked as (

    select
        customer_id,
        organisation_code,
        customer_key
    from records

)

select * from linked
