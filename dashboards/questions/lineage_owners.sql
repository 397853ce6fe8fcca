-- Who answers for the metrics that depend on a table.
select
    metric_catalogue.owner,
    count(distinct metric_lineage.metric_code) as metric_count
from metric_lineage
inner join metric_catalogue on metric_lineage.metric_code = metric_catalogue.metric_code
where metric_lineage.table_name = $table_name
group by metric_catalogue.owner
order by metric_count desc, metric_catalogue.owner
