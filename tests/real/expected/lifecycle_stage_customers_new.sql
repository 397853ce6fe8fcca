-- Customers first covered in the last 90 days.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'new') as value
from customer_stages
group by all
