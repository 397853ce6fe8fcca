with

records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

ranked as (

    select
        *,
        row_number() over (partition by customer_key order by updated_date desc, customer_id desc) as recency_rank,
        min(registered_date) over (partition by customer_key) as first_registered_date,
        count(*) over (partition by customer_key) as record_count
    from records

),

people as (

    select
        customer_key,
        customer_type,
        gender,
        birth_year,
        household_code,
        first_registered_date,
        cast(record_count as integer) as record_count,
        id_number_token is not null as is_identified
    from ranked
    where recency_rank = 1

)

select * from people
