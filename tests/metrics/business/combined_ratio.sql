-- 综合成本率: claims and expenses of cover of one year or less, over its net earned premium counted once.
select grain, period_start_date, organisation_code, product_code, numerator, denominator
from checked.comprehensive_claims_ratio
union all
select grain, period_start_date, organisation_code, product_code, numerator, 0
from checked.comprehensive_expense_ratio
