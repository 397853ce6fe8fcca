-- 制单时效: days from the first day of cover to printing, none where it was printed before, over printed policies; by day of issue.
select
    delivery.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    greatest(delivery.printed_date - policy.effective_date, 0) as numerator,
    1 as denominator
from latest.policy_delivery as delivery
inner join raw.policy_admin.policy as policy on delivery.policy_number = policy.policy_number
where delivery.printed_date is not null
