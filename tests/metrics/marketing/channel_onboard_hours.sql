-- combine: minimum
-- 渠道上线最快时长: hours from acceptance to the first possible sale, fastest standard connection that became ready in the period.
select
    cast(first_saleable_at as date) as business_date, organisation_code, channel_code, null as product_code,
    epoch(first_saleable_at - accepted_at) / 3600 as numerator, null as denominator
from latest.channel_onboarding
where access_mode = 'standard_api' and first_saleable_at is not null
