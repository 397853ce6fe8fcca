-- Users of the group's app and what they do in it. The app opened in mid-2019; its log of behaviour begins in 2020.
create macro app_start() as (greatest(first_day(), date '2019-06-01'));
create macro app_log_start() as (greatest(first_day(), date '2020-01-01'));

create table world.app_user as
with people as (
    select
        customer.person_id,
        min(registered_date) as first_registered_date,
        max(case when company_code = 'PAY' then customer_id end) as account_customer_id,
        min(customer_id) as any_customer_id
    from world.customer
    where not is_legal and not is_planted
    group by customer.person_id
),

-- 26 of 100 account holders and 7 of 100 others have the app; some users are nobody's customers yet.
users as (
    select
        person_id as user_row,
        person_id,
        first_registered_date,
        coalesce(account_customer_id, any_customer_id) as customer_id,
        account_customer_id
    from people
    where uniform('has_app', person_id) < case when account_customer_id is not null then 0.26 else 0.07 end
    union all
    select 70000000 + unnest(range(sized(300))), null, null, null, null
),

dated as (
    select
        *,
        case
            when first_registered_date > app_start() and uniform('joins_at_once', user_row) < 0.5
                then least(first_registered_date + floor(40 * uniform('joins_after', user_row) ** 2)::integer, as_of())
            else app_start() + floor((as_of() - app_start()) * uniform('joins', user_row) ** 0.7)::integer
        end as registered_date
    from users
)

select
    *,
    'U' || lpad(((user_row * 7919 + 77) % 1000000000)::varchar, 9, '0') as user_id,
    case when uniform('platform', user_row) < 0.38 then 'ios' when uniform('platform', user_row) < 0.84 then 'android' else 'mini_program' end as platform,
    chosen('app_source', user_row, case when person_id is null then ['feed_ad', 'feed_ad', 'search_ad', 'short_video', 'organic']
        else ['organic', 'organic', 'organic', 'policy_service', 'policy_service', 'policy_service', 'agent_invite', 'agent_invite', 'enterprise_wechat', 'search_ad', 'feed_ad', 'partner_platform'] end)
        as registration_source,
    case when person_id is not null and registered_date >= first_registered_date then registered_date + floor(25 * uniform('binds_after', user_row) ** 4)::integer
        when person_id is not null then first_registered_date + floor(10 * uniform('binds_after', user_row))::integer end as bound_date,
    -- One user in seven falls silent for half a year or more; half of them are won back.
    case when uniform('falls_silent', user_row) < 0.15 then registered_date + 40 + whole('silent_from', user_row, 0, 300)::integer end as silent_from_date,
    case when uniform('won_back', user_row) < 0.5 then 190 + whole('silent_days', user_row, 0, 120) else 20000 end as silent_days
from dated;

create table delivery.members__app_user as
with changes as (
    select user_id, unnest([registered_date, bound_date]) as happened from world.app_user
),

versions as (
    select distinct user_id, delivered_quarterly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    app_user.user_id,
    case when bound_date <= versions.dt then customer_id end as customer_id,
    registered_date,
    platform,
    registration_source,
    case when bound_date <= versions.dt then bound_date end as bound_date
from versions
inner join world.app_user on app_user.user_id = versions.user_id;

-- The day after registration two users in five come back, after a week one in five, after a month one in eight; then the decay
-- slows down. Member days and Double 11 bring people back, weekends keep them away.
create table world.app_activity as
with user_days as (
    select
        app_user.user_id,
        app_user.user_row,
        app_user.platform,
        app_user.account_customer_id,
        calendar.day as activity_date,
        app_user.user_row * 10000 + (calendar.day - date '2014-01-01') as row_id,
        calendar.day - app_user.registered_date as days_since,
        case when calendar.is_weekend then 0.8 else 1.05 end
        * case when calendar.month_day between '11-08' and '11-11' then 1.9 when calendar.month_day between '06-16' and '06-18' then 1.5
            when day(calendar.day) between 20 and 24 and month(calendar.day) in (2, 5, 8, 11) then 1.4 else 1 end
        * case app_user.registration_source when 'feed_ad' then 0.55 when 'short_video' then 0.5 when 'partner_platform' then 0.7 when 'agent_invite' then 0.9 else 1.1 end as pull
    from world.app_user
    inner join world.calendar on calendar.day >= greatest(app_user.registered_date, app_log_start())
    where app_user.silent_from_date is null or calendar.day < app_user.silent_from_date or calendar.day > app_user.silent_from_date + app_user.silent_days
),

opened as (
    select user_id, user_row, platform, activity_date, row_id, days_since
    from user_days
    where uniform('opens_app', row_id) < case when days_since = 0 then 1 else 0.40 * days_since ** -0.37 * pull * exp(0.6 * normal('engagement', user_row)) end
),

-- A third of the payments of account holders are made in the app.
paying as (
    select app_user.user_id, payment_order.order_date, count(*) as payments
    from world.payment_order
    inner join world.app_user
        on app_user.account_customer_id = payment_order.customer_id and payment_order.order_date >= greatest(app_user.registered_date, app_log_start())
    where order_status = 'succeeded' and uniform('paid_in_app', try_id) < 0.33
    group by all
),

days as (
    select user_id, activity_date from opened
    union
    select user_id, order_date from paying
)

select
    days.user_id,
    days.activity_date,
    case when app_user.platform <> 'mini_program' and uniform('other_platform', row_id) < 0.08 then 'mini_program' else app_user.platform end as platform,
    1 + event_count(uniform('logins', row_id), 0.5) as login_count,
    coalesce(paying.payments, 0) as payment_count,
    event_count(uniform('contents', row_id), 0.9) as content_count,
    event_count(uniform('services', row_id), case when app_user.person_id is null then 0.03 else 0.22 end) as service_count
from (
    select days.*, app_user.user_row * 10000 + (days.activity_date - date '2014-01-01') as row_id
    from days inner join world.app_user on app_user.user_id = days.user_id
) as days
inner join world.app_user on app_user.user_id = days.user_id
left join paying on paying.user_id = days.user_id and paying.order_date = days.activity_date;

create table delivery.members__app_activity as
select
    delivered_quarterly(activity_date) as dt, user_id, activity_date, platform, login_count::integer as login_count, payment_count::integer as payment_count,
    content_count::integer as content_count, service_count::integer as service_count
from world.app_activity;
