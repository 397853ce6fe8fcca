-- All customers ever covered by then.
select 'year' as grain, date_trunc('year', seen_on) as period_start_date, count(*) as value
from customer_stages
group by all
