-- Every version of a metric that is computed, the latest first.
select * from metric_versions
where metric_code = $metric_code
order by version desc
