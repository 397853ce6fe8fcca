-- Every edge between columns above and below what was picked: a column, or all columns of a table where no column is named.
with recursive

ends as (

    select from_table as table_name, from_column as column_name from lineage_edges
    union
    select to_table as table_name, to_column as column_name from lineage_edges

),

picked as (

    select * from ends
    where table_name = $table_name and ($column_name is null or column_name = $column_name)

),

upstream as (

    select * from picked
    where $is_upward
    union
    select
        edges.from_table,
        edges.from_column
    from upstream
    inner join lineage_edges as edges on upstream.table_name = edges.to_table and upstream.column_name = edges.to_column

),

downstream as (

    select * from picked
    where $is_downward
    union
    select
        edges.to_table,
        edges.to_column
    from downstream
    inner join lineage_edges as edges on downstream.table_name = edges.from_table and downstream.column_name = edges.from_column

)

select * from lineage_edges
where
    (to_table, to_column) in (select (upstream.table_name, upstream.column_name) from upstream)
    or (from_table, from_column) in (select (downstream.table_name, downstream.column_name) from downstream)
order by all
