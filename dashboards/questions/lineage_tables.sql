-- Every table lineage knows, with how many of its checks failed when they last ran.
with

latest as (

    select
        table_name,
        column_name,
        expectation,
        arg_max(status, checked_at) as status
    from checks
    group by table_name, column_name, expectation

),

failing as (

    select
        table_name,
        count(*) as failing_count
    from latest
    where status <> 'passed'
    group by table_name

)

select
    lineage_tables.table_name,
    lineage_tables.layer,
    lineage_tables.file,
    coalesce(failing.failing_count, 0) as failing_count
from lineage_tables
left join failing on lineage_tables.table_name = failing.table_name
order by lineage_tables.table_name
