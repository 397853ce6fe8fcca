-- 保单15日送达率: receipt signed no later than 15 calendar days after the application, over policies issued that are to be delivered.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(cast(delivery.signed_date - policy.application_date <= 15 as integer), 0) as numerator,
    1 as denominator
from latest.policy_delivery as delivery
inner join raw.policy_admin.policy as policy on delivery.policy_number = policy.policy_number
