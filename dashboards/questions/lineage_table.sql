select * from lineage_tables
where table_name = $table_name
