with

employees as (

    select * from {{ ref('stg_master_data__employees') }}

),

described as (

    select
        employee_code,
        employee_type,
        organisation_code,
        channel_code,
        registration_status,
        hired_date,
        left_date
    from employees

)

select * from described
