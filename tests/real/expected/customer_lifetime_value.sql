-- The same as the total, for each policy in force: every policy is a customer.
select 'year' as grain, period_start_date, sum(amount) / count(*) as value
from lifetime_values
group by all
