-- Calls an agent served over calls that asked for one.
select grain, period_start_date, organisation_code, count(*) filter (where is_answered) / count(*) as value
from asked_calls
group by all
