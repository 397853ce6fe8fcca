-- One row: how many deliveries lie above a table or metric, itself included, and how new the newest files of each are.
with recursive

tables as (

    select distinct
        from_table,
        to_table,
        to_column
    from lineage_edges

),

upstream as (

    select $table_name as table_name
    union
    select tables.from_table
    from upstream
    inner join tables
        on
            upstream.table_name = tables.to_table
            and ($column_name is null or tables.to_table <> $table_name or tables.to_column = $column_name)

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
