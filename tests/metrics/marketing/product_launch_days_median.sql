-- combine: quantile 0.5
-- 新产品上线天数中位数: the median of the same days.
select
    first_sale_date as business_date, organisation_code, null as channel_code, product_code,
    first_sale_date - initiated_date as numerator, null as denominator
from raw.marketing.product_launch
