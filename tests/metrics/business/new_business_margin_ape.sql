-- 新业务价值率(年化新保费口径): new business value over annual premium equivalent.
select grain, period_start_date, period_end_date, organisation_code, channel_code, product_code, numerator, cast(null as double) as denominator
from checked.new_business_value
union all
select grain, period_start_date, period_end_date, organisation_code, channel_code, product_code, null, numerator
from checked.annual_premium_equivalent
