-- The same as the calls answered: there were no chats.
select grain, period_start_date, organisation_code, count(*) filter (where is_answered) / count(*) as value
from asked_calls
group by all
