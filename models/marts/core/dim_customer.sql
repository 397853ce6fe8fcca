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

segments as (

    select * from {{ ref('customer_segments') }}

),

people as (

    select
        ranked.customer_key,
        ranked.customer_type,
        ranked.gender,
        ranked.birth_year,
        segments.segment_code,
        ranked.household_code,
        ranked.first_registered_date,
        cast(ranked.record_count as integer) as record_count,
        ranked.id_number_token is not null as is_identified
    from ranked
    left join segments
        on ranked.customer_type = segments.customer_type and coalesce(ranked.birth_year, 0) between segments.birth_year_from and segments.birth_year_to
    where ranked.recency_rank = 1

)

select * from people
