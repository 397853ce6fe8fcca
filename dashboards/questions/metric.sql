select * from metric_catalogue
where metric_code = $metric_code
