-- Customers whose cover ended less than 180 days ago.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'at risk') as value
from customer_stages
group by all
