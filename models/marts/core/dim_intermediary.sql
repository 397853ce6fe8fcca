with

intermediaries as (

    select * from {{ ref('stg_master_data__intermediaries') }}

),

described as (

    select
        intermediary_code,
        intermediary_name_zh,
        intermediary_name_en,
        intermediary_type,
        organisation_code,
        channel_code
    from intermediaries

)

select * from described
