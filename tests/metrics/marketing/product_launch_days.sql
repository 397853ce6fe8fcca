-- combine: minimum
-- 新产品最快上线天数: calendar days from the accepted request to the first possible sale, fastest product or plan on sale from the period.
select
    first_sale_date as business_date, organisation_code, null as channel_code, product_code,
    first_sale_date - initiated_date as numerator, null as denominator
from raw.marketing.product_launch
