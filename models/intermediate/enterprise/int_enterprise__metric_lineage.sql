with

recorded as (

    select * from {{ source('loading', 'metric_lineage') }}

)

select * from recorded
