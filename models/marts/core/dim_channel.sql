with

channels as (

    select * from {{ ref('stg_master_data__channels') }}

),

described as (

    select
        channel_code,
        channel_name_zh,
        channel_name_en,
        parent_channel_code,
        channel_group
    from channels

)

select * from described
