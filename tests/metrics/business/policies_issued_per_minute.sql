-- 每分钟出单量: policies issued over the minutes of the days on which any were issued. Both are counted as members, each once:
-- policy numbers above, minutes of the calendar below.
-- combine: distinct
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    policy.policy_number as numerator,
    date_diff('day', date '2000-01-01', policy.issue_date) * 1440 + minutes.range as denominator
from raw.policy_admin.policy as policy
cross join range(1440) as minutes
