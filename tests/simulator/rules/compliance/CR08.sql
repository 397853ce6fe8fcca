select organisation_code || '/' || strftime(recorded_date, '%Y-%m'),
    if(count(*) filter (quality_result = 'failed') > 0.10 * count(*), 'red', 'yellow')
from dual_recording inner join policy using (policy_number)
where quality_result <> 'pending'
group by organisation_code, strftime(recorded_date, '%Y-%m')
having count(*) >= 20 and count(*) filter (quality_result = 'failed') > 0.05 * count(*)
