-- 投诉件办理及时率: of the complaints forwarded by the regulator (监管转办) and due in the period, those closed by their due date.
select
    complaint.due_date as business_date,
    complaint.organisation_code,
    complaint.channel_code,
    policy.product_code,
    coalesce(cast(complaint.closed_date <= complaint.due_date as integer), 0) as numerator,
    1 as denominator
from latest.complaint as complaint
left join raw.policy_admin.policy as policy on complaint.policy_number = policy.policy_number
where complaint.complaint_source = 'regulator'
