-- 回执自助签收率: receipts signed in self-service over all policies to be delivered; by day of issue.
select
    delivery.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(coalesce(delivery.is_self_signed, false) as integer) as numerator,
    1 as denominator
from latest.policy_delivery as delivery
inner join raw.policy_admin.policy as policy on delivery.policy_number = policy.policy_number
