-- combine: quantile 0.5
-- 渠道上线时长中位数: the median of the same hours.
select
    cast(first_saleable_at as date) as business_date, organisation_code, channel_code, null as product_code,
    epoch(first_saleable_at - accepted_at) / 3600 as numerator, null as denominator
from latest.channel_onboarding
where access_mode = 'standard_api' and first_saleable_at is not null
