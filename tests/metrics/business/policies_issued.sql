-- 承保件数: policies by date of issue, each once.
select distinct
    policy_number,
    issue_date as business_date,
    organisation_code,
    channel_code,
    product_code,
    1 as numerator,
    null as denominator
from raw.policy_admin.policy
