-- 责任准备金覆盖率: assets less other liabilities plus the adjustment of expenses over policy reserves at the last quarter end reported in the period.
with reports as (
    select periods.grain, periods.period_start_date, report.*,
        max(report.quarter_end_date) over (partition by periods.grain, periods.period_start_date) as last_date
    from periods
    inner join raw.finance.solvency as report on report.quarter_end_date between periods.period_start_date and periods.period_end_date
)

select grain, period_start_date, organisation_code, total_assets_amount - other_liability_amount + expense_adjustment_amount as numerator, policy_reserve_amount as denominator
from reports
where quarter_end_date = last_date
