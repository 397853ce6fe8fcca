-- What policies in force at the end of the year are still worth.
select 'year' as grain, period_start_date, sum(amount) as value
from lifetime_values
group by all
