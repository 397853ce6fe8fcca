-- Customers covered again after 180 days without.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'won back') as value
from customer_stages
group by all
