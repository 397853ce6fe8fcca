with

source as (

    select * from {{ source('marketing', 'product_launch') }}

),

renamed as (

    select
        -- keys
        launch_number,
        product_code,
        organisation_code,
        -- attributes
        launch_kind,
        -- dates and times
        initiated_date,
        designed_date,
        filed_date,
        tested_date,
        first_sale_date,
        -- amounts and counts
        task_count,
        on_time_task_count,
        returned_task_count
    from source

)

select * from renamed
