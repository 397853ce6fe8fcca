-- Customers who are none of the others.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'growing') as value
from customer_stages
group by all
