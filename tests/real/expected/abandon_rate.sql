-- Calls that asked for an agent and were not served, over calls that asked.
select grain, period_start_date, organisation_code, count(*) filter (where not is_answered) / count(*) as value
from asked_calls
group by all
