{{ config(materialized='table') }}

with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

products as (

    select * from {{ ref('stg_master_data__products') }}
    where not is_micro_premium

),

channels as (

    select * from {{ ref('stg_master_data__channels') }}

),

customers as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

bought as (

    select
        policies.policy_number,
        -- A record that has not been delivered yet is a person of its own.
        coalesce(customers.customer_key, 'record ' || policies.customer_id) as customer_key,
        policies.customer_id,
        policies.organisation_code,
        policies.channel_code,
        channels.channel_group = 'online' as is_online,
        policies.product_code,
        products.product_line,
        products.is_long_term,
        policies.issued_at,
        policies.issue_date,
        policies.effective_date,
        policies.expiry_date,
        policies.premium_amount
    from policies
    inner join products on policies.product_code = products.product_code
    inner join channels on policies.channel_code = channels.channel_code
    left join customers on policies.customer_id = customers.customer_id

),

ordered as (

    select
        *,
        is_online
        and row_number() over (partition by customer_key, is_online order by issued_at, policy_number) = 1 as is_first_online_purchase,
        lag(issue_date) over life as previous_issue_date,
        lead(issue_date) over life as next_issue_date,
        first_value(channel_code) over life as first_channel_code
    from bought
    window life as (partition by customer_key order by issued_at, policy_number)

)

select * from ordered
