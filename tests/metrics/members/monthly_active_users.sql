-- combine: distinct
-- 月活跃用户: users with a sign-in or key action in the month; a quarter or year shows its last month.
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
inner join raw.members.app_activity as activity
    on activity.activity_date between date_trunc('month', periods.period_end_date) and periods.period_end_date
inner join latest.app_user as users on activity.user_id = users.user_id
left join people on users.customer_id = people.customer_id
where
    periods.grain <> 'day'
    and activity.login_count + activity.payment_count + activity.content_count + activity.service_count > 0
