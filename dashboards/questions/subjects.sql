select distinct subject from metric_catalogue
order by subject
