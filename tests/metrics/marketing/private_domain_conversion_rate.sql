-- 私域转化率: members issued a policy in the month between joining and leaving over members active in the month; micro-premium covers left
-- out; months before activity was recorded have no rate.
select
    activity.activity_month as business_date, member.organisation_code, null as channel_code, null as product_code,
    0 as numerator, 1 as denominator
from raw.marketing.private_domain_activity as activity
inner join latest.private_domain_member as member on activity.member_number = member.member_number
union all
select month_start, organisation_code, null, null, 1, 0
from (
    select distinct member.member_number, member.organisation_code, cast(date_trunc('month', policy.issue_date) as date) as month_start
    from latest.private_domain_member as member
    inner join raw.policy_admin.policy as policy
        on policy.customer_id = member.customer_id and policy.issue_date >= member.joined_date
        and (member.left_date is null or policy.issue_date < member.left_date)
    inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
)
where month_start >= (select min(activity_month) from raw.marketing.private_domain_activity)
