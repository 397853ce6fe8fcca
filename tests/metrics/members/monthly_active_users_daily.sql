-- 日活跃用户: users with a sign-in or key action on a day, averaged over the days of the period since the log of
-- activity begins.
with log_days as (
    select
        periods.grain,
        periods.period_start_date,
        count(*) as log_day_count
    from periods
    inner join periods as days
        on days.grain = 'day' and days.period_start_date between periods.period_start_date and periods.period_end_date
    where days.period_start_date >= (select min(activity.activity_date) from raw.members.app_activity as activity)
    group by periods.grain, periods.period_start_date
)

select
    periods.grain,
    periods.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(people.segment_code, '(unknown)') as segment_code,
    1 / any_value(log_days.log_day_count) as numerator,
    null as denominator
from raw.members.app_activity as activity
inner join latest.app_user as users on activity.user_id = users.user_id
left join people on users.customer_id = people.customer_id
inner join periods on activity.activity_date between periods.period_start_date and periods.period_end_date
inner join log_days on periods.grain = log_days.grain and periods.period_start_date = log_days.period_start_date
where activity.login_count + activity.payment_count + activity.content_count + activity.service_count > 0
group by periods.grain, periods.period_start_date, activity.activity_date, activity.user_id, people.segment_code
