with

loads as (

    select * from {{ source('loading', 'loads') }}
    where status = 'loaded'

),

unbuilt as (

    select distinct load_id
    from {{ source('loading', 'touched_dates') }}
    where built_by_run_id is null

),

corrected as (

    select distinct
        loads.source as source_name,
        loads.entity as entity_name
    from loads
    inner join unbuilt on loads.superseded_by_load_id = unbuilt.load_id

)

select * from corrected
