with

loads as (

    select * from {{ source('loading', 'loads') }}

),

-- A load without touched dates says nothing about what was built, so only dates that a run has taken in count.
built as (

    select distinct load_id
    from {{ source('loading', 'touched_dates') }}
    where built_by_run_id is not null

),

last_built as (

    select max(loads.delivered_date) as last_built_date
    from loads
    inner join built on loads.load_id = built.load_id

)

select * from last_built
