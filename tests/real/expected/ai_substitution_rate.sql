-- There were no AI sessions in 1999: none of the contacts served was substituted.
select grain, period_start_date, organisation_code, 0 as value
from asked_calls
group by all
