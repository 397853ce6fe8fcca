-- The last result of every check of a table, failures first.
with

latest as (

    select
        expectation,
        column_name,
        arg_max(status, checked_at) as status,
        max(checked_at) as checked_at,
        arg_max(rows_failing, checked_at) as rows_failing
    from checks
    where table_name = $table_name
    group by expectation, column_name

)

select * from latest
order by status = 'passed', column_name nulls first, expectation
