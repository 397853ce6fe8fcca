with

links as (

    select * from {{ ref('stg_members__identity_links') }}

),

customer_records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

identified as (

    select
        links.customer_id,
        links.unified_customer_id,
        links.linked_date,
        case when customer_records.id_number_token is not null then customer_records.customer_key end as customer_key
    from links
    left join customer_records on links.customer_id = customer_records.customer_id
    where links.unified_customer_id is not null

),

-- A unified number belongs to the person most of its records name, in a draw to the one linked first.
persons as (

    select
        unified_customer_id,
        customer_key,
        row_number() over (
            partition by unified_customer_id order by count(*) desc, min(linked_date), min(customer_id)
        ) as owner_rank
    from identified
    where customer_key is not null
    group by unified_customer_id, customer_key

),

judged as (

    select
        links.customer_id,
        links.organisation_code,
        links.registered_date,
        links.linked_date,
        identified.customer_key is not null as is_judged,
        coalesce(persons.owner_rank > 1, false) as is_wrong_merge
    from links
    left join identified on links.customer_id = identified.customer_id
    left join persons
        on
            identified.unified_customer_id = persons.unified_customer_id
            and identified.customer_key = persons.customer_key

)

select * from judged
