with

launches as (

    select * from {{ ref('stg_marketing__product_launches') }}

),

measured as (

    select
        launch_number,
        organisation_code,
        product_code,
        launch_kind,
        initiated_date,
        designed_date,
        filed_date,
        tested_date,
        first_sale_date,
        cast(first_sale_date - initiated_date as bigint) as launch_days,
        task_count,
        on_time_task_count,
        returned_task_count
    from launches

)

select * from measured
