-- 万张保单投诉量: complaints forwarded by the regulator in the period x 10,000 over policies in force at its end.
with complaints as (
    select
        complaint.*,
        policy.product_code
    from latest.complaint as complaint
    left join raw.policy_admin.policy as policy on complaint.policy_number = policy.policy_number
    where complaint.complaint_source = 'regulator'
)

select
    periods.grain,
    periods.period_start_date,
    complaints.organisation_code,
    complaints.channel_code,
    complaints.product_code,
    10000 as numerator,
    0 as denominator
from complaints
inner join periods on complaints.received_date between periods.period_start_date and periods.period_end_date
union all
select
    grain,
    period_start_date,
    organisation_code,
    channel_code,
    product_code,
    0,
    numerator
from checked.policies_in_force
