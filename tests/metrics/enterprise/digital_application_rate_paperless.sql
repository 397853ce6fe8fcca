-- 无纸化率: policies issued that were signed electronically and of which no paper is printed, over policies issued.
select
    policy.issue_date as business_date, policy.organisation_code, policy.channel_code, policy.product_code,
    (policy.is_electronic and policy.policy_number not in (
        select policy_number from latest.policy_delivery where delivery_method = 'paper' or printed_date is not null
    ))::integer as numerator,
    1 as denominator
from raw.policy_admin.policy as policy
