with

stages as (

    select * from {{ ref('int_members__customer_stages') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

counted as (

    select
        stages.snapshot_date,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        stages.previous_stage_code,
        stages.stage_code,
        count(*) as customer_count
    from stages
    left join customers on stages.customer_key = customers.customer_key
    group by 1, 2, 3, 4

)

select * from counted
