with

source as (

    select * from {{ source('compliance', 'salesperson_relation') }}

),

renamed as (

    select
        -- keys
        relation_number,
        employee_code,
        -- attributes
        relation,
        -- dates and times
        declared_date,
        -- personal data, as keyed tokens only
        {{ keyed_token('relative_id_number') }} as relative_id_token
        -- dropped: relative_name (a name is never needed downstream)
    from source

)

select * from renamed
