-- Customers whose cover ended 180 days ago or more.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'lost') as value
from customer_stages
group by all
