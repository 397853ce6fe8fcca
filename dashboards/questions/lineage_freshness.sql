-- One row: how many deliveries lie above a table or metric, itself included, and how new the newest files of each are.
-- The recursion reads the table itself: over a CTE of distinct edges DuckDB 1.5.5 left rows out in one run of six.
with recursive

parents as (

    select from_table as table_name
    from lineage_edges
    where to_table = $table_name and ($column_name is null or to_column = $column_name)
    union
    select $table_name as table_name

),

upstream as (

    select * from parents
    union
    select edges.from_table
    from upstream
    inner join lineage_edges as edges on upstream.table_name = edges.to_table
    where edges.to_table <> $table_name

),

newest as (

    select
        source || '/' || entity as table_name,
        max(delivered_date) as delivered_date,
        max(loaded_at) as loaded_at
    from loads
    where status = 'loaded'
    group by all

)

select
    count(*) as delivery_count,
    min(newest.delivered_date) as oldest_delivered_date,
    arg_min(newest.table_name, newest.delivered_date) as oldest_delivery,
    max(newest.delivered_date) as newest_delivered_date,
    max(newest.loaded_at) as newest_loaded_at
from newest
where newest.table_name in (select upstream.table_name from upstream)
