-- Calls served after at most 20 seconds in the queue over calls that asked for an agent.
select grain, period_start_date, organisation_code, count(*) filter (where is_answered and waited <= 20) / count(*) as value
from asked_calls
group by all
