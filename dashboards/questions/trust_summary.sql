-- How many metrics of the period shown passed every check that lies under them.
select
    count(distinct metric_code) as metric_count,
    count(distinct metric_code) filter (where trust = 'passed') as trusted_count,
    count(distinct metric_code) filter (where trust = 'failed') as failed_count
from metric_values
where
    dimension_set = $dimension_set and grain = $grain and period_start_date = $period_start_date
    and organisation_code is not distinct from $organisation_code
    and channel_code is not distinct from $channel_code
    and product_code is not distinct from $product_code
