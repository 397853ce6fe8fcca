-- 全社人均产能: standard premium over half the sum of people employed at the end of the period before and at its end.
select grain, period_start_date, organisation_code, numerator, cast(null as double) as denominator
from checked.standard_premium
union all
select grain, period_start_date, organisation_code, null, numerator
from checked.average_headcount
where organisation_code in (select organisation_code from latest.organisation where company_type in ('life', 'property'))
