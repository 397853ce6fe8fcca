-- The files delivered for a table, newest first.
select
    file,
    delivered_date,
    loaded_at,
    status,
    rows_read,
    rows_loaded,
    rows_quarantined
from loads
where source || '/' || entity = $table_name
order by delivered_date desc nulls last, loaded_at desc, file
