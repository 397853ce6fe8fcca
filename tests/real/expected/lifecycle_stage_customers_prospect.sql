-- Customers never covered: the sources show none.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) filter (where stage = 'prospect') as value
from customer_stages
group by all
