-- Every reason why a metric is not trusted, failures first.
select * from metric_trust_reasons
where metric_code = $metric_code
order by reason = 'failed' desc, reason = 'stale' desc, table_name, column_name, expectation
