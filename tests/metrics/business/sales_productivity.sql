-- 业务团队人均产能: first-year premium less free-look cancellations over the average headcount of the business line.
select grain, period_start_date, organisation_code, numerator, cast(null as double) as denominator
from checked.new_business_premium
union all
select grain, period_start_date, organisation_code, null, numerator
from checked.average_headcount_business
where organisation_code in (select organisation_code from latest.organisation where company_type in ('life', 'property'))
