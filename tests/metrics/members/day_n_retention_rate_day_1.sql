-- 1日留存率: of users registered since the log of activity began whose day 1 has passed, those active on that day.
select
    users.registered_date as business_date,
    null as organisation_code,
    sources.channel_code,
    null as product_code,
    cast(exists (
        select 1 from raw.members.app_activity as activity
        where
            activity.user_id = users.user_id and activity.activity_date = users.registered_date + 1
            and activity.login_count + activity.payment_count + activity.content_count + activity.service_count > 0
    ) as integer) as numerator,
    1 as denominator
from latest.app_user as users
inner join seeds.registration_sources as sources on users.registration_source = sources.registration_source
cross join as_of
where
    users.registered_date + 1 <= as_of.as_of_date
    and users.registered_date >= (select min(activity.activity_date) from raw.members.app_activity as activity)
