-- 员工主动离职率: people who left by themselves over average headcount in years, a month being a twelfth of its average headcount.
select left_date as business_date, organisation_code, 1 as numerator, null::double as denominator
from latest.employment
where leave_reason = 'voluntary'
union all
select least((period_start_date + interval 1 month)::date - 1, (select as_of_date from as_of)), organisation_code, 0, numerator / 12.0
from checked.average_headcount
where grain = 'month'
