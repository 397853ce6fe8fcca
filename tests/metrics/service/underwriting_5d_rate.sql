-- 保单5日承保率: policies issued no later than 5 days after the application, over policies issued.
select
    issue_date as business_date,
    organisation_code,
    channel_code,
    product_code,
    cast(issue_date - application_date <= 5 as integer) as numerator,
    1 as denominator
from raw.policy_admin.policy
