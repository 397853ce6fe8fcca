-- More than five in a hundred of an intermediary's buyers asked in a year deny that they bought through it.
select intermediary_code || '/' || year(attempted_date), 'red'
from policy_callback inner join policy using (policy_number)
where intermediary_answer is not null
group by intermediary_code, year(attempted_date)
having count(*) filter (intermediary_answer = 'no') > 0.05 * count(*)
