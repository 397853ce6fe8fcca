select distinct if(from_table = $table_name, from_column, to_column) as column_name
from lineage_edges
where $table_name in (from_table, to_table) and column_name <> '*'
order by column_name
