-- Customers covered and not heard of for 180 days.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'silent') as value
from customer_stages
group by all
