-- 递送时效: days from dispatch to receipt by the organisation, over policies received; by day of issue.
select
    delivery.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    delivery.received_date - delivery.sent_date as numerator,
    1 as denominator
from latest.policy_delivery as delivery
inner join raw.policy_admin.policy as policy on delivery.policy_number = policy.policy_number
where delivery.received_date is not null and delivery.sent_date is not null
