-- combine: distinct
-- 周活跃用户: users with a sign-in or key action in the seven days that end with the last day of the period.
select
    periods.grain,
    periods.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(people.segment_code, '(unknown)') as segment_code,
    activity.user_id as numerator,
    null as denominator
from periods
inner join raw.members.app_activity as activity on activity.activity_date between periods.period_end_date - 6 and periods.period_end_date
inner join latest.app_user as users on activity.user_id = users.user_id
left join people on users.customer_id = people.customer_id
where activity.login_count + activity.payment_count + activity.content_count + activity.service_count > 0
