-- Customers first covered 36 months ago and heard of in the last 180 days.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'mature') as value
from customer_stages
group by all
