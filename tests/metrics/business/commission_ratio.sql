-- 手续费及佣金率: commission paid in the period over the premium it was paid on.
select
    commission.paid_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    commission.commission_amount as numerator,
    commission.premium_amount as denominator
from raw.compliance.commission as commission
inner join raw.policy_admin.policy as policy on commission.policy_number = policy.policy_number
