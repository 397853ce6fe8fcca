select * from metric_catalogue
where metric_code = $metric_code
qualify row_number() over (partition by metric_code order by version desc) = 1
