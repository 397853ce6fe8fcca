-- 亿元保费投诉量: complaints forwarded by the regulator in the period over its scale premium in 100 million yuan.
-- Micro-premium covers are shown apart (互联网小额件均产品须单列): neither their complaints nor their premium counts.
with complaints as (
    select
        complaint.*,
        policy.product_code
    from latest.complaint as complaint
    left join raw.policy_admin.policy as policy on complaint.policy_number = policy.policy_number
    where complaint.complaint_source = 'regulator'
),

parts as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        complaints.organisation_code,
        complaints.channel_code,
        complaints.product_code,
        100000000 as numerator,
        0 as denominator
    from complaints
    inner join periods on complaints.received_date between periods.period_start_date and periods.period_end_date
    union all
    select
        grain,
        period_start_date,
        period_end_date,
        organisation_code,
        channel_code,
        product_code,
        0,
        numerator
    from checked.gross_scale_premium
)

select parts.*
from parts
left join latest.product as product on parts.product_code = product.product_code
where product.is_micro_premium is distinct from true
