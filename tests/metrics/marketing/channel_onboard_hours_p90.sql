-- combine: quantile 0.9
-- 渠道上线时长P90: the ninetieth percentile of the same hours, between two of them in proportion.
select
    cast(first_saleable_at as date) as business_date, organisation_code, channel_code, null as product_code,
    epoch(first_saleable_at - accepted_at) / 3600 as numerator, null as denominator
from latest.channel_onboarding
where access_mode = 'standard_api' and first_saleable_at is not null
