-- Seconds of service over calls served.
select grain, period_start_date, organisation_code, sum(served) / count(*) as value
from asked_calls
where is_answered
group by all
