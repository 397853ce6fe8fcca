-- 核心偿付能力充足率: core capital over minimum capital at the last quarter end reported in the period.
with reports as (
    select periods.grain, periods.period_start_date, report.*,
        max(report.quarter_end_date) over (partition by periods.grain, periods.period_start_date) as last_date
    from periods
    inner join raw.finance.solvency as report on report.quarter_end_date between periods.period_start_date and periods.period_end_date
)

select grain, period_start_date, organisation_code, core_capital_amount as numerator, minimum_capital_amount as denominator
from reports
where quarter_end_date = last_date
