-- 后台条线平均在职人数: half the sum of people employed in the line back office on the day before the period and on its last day. Who leaves on a day is gone on it.
with counted as (
    select unnest([1, 2]) as side, periods.*
    from periods
    where period_start_date <= (select as_of_date from as_of)
)

select counted.grain, counted.period_start_date, employment.organisation_code, 0.5 as numerator, null as denominator
from counted
inner join latest.employment as employment
    on employment.hired_date <= case when side = 1 then period_start_date - 1 else least(period_end_date, (select as_of_date from as_of)) end
    and coalesce(employment.left_date, date '9999-12-31')
    > case when side = 1 then period_start_date - 1 else least(period_end_date, (select as_of_date from as_of)) end
where employment.employee_line = 'back_office'
