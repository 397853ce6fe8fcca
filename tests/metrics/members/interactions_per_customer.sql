-- 客户交互频次: sign-ins, payments, services and contents of known customers in the period, over the effective
-- customers of its month ends. Payments are the account's successful payment orders; users bound to no customer
-- and unknown contacts are left out.
with touches as (
    select
        users.customer_id,
        activity.activity_date as touch_date,
        activity.login_count,
        0 as payment_count,
        activity.service_count,
        activity.content_count
    from raw.members.app_activity as activity
    inner join latest.app_user as users on activity.user_id = users.user_id
    union all
    select customer_id, order_date, 0, 1, 0, 0 from raw.account.payment_order
    where order_type = 'payment' and order_status = 'succeeded'
    union all
    select customer_id, contact_date, 0, 0, 1, 0 from raw.contact_centre.contact
),

counted as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        people.segment_code,
        touches.login_count,
        touches.payment_count,
        touches.service_count,
        touches.content_count,
        0 as customer_months
    from touches
    inner join people on touches.customer_id = people.customer_id
    inner join periods on touches.touch_date between periods.period_start_date and periods.period_end_date
    union all
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        customers.segment_code,
        0,
        0,
        0,
        0,
        count(distinct customers.person)
    from checked.effective_customers as customers
    inner join periods on customers.period_start_date between periods.period_start_date and periods.period_end_date
    where customers.grain = 'month'
    group by periods.grain, periods.period_start_date, periods.period_end_date, customers.period_start_date, customers.segment_code
)

select
    grain,
    period_start_date,
    period_end_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    segment_code,
    login_count,
    payment_count,
    service_count,
    content_count,
    login_count + payment_count + service_count + content_count as numerator,
    customer_months as denominator
from counted
where grain <> 'day'
