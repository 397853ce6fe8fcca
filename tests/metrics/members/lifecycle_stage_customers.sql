-- 生命周期阶段: the stage of every person registered by the end of the period, from the days on which he is effective
-- (a policy in force or money in an account) and the days on which he did something: sign-in, payment, contact,
-- purchase or renewal.
with days as (
    select distinct
        person,
        period_end_date as day
    from checked.effective_customers
    where grain = 'day'
    union
    -- The days before the first period, of covers that lasted into it.
    select
        people.person,
        unnest(generate_series(policy.effective_date, date '2018-12-31', interval 1 day))::date
    from raw.policy_admin.policy as policy
    inner join people on policy.customer_id = people.customer_id
    where policy.effective_date < date '2019-01-01' and not exists (
        select 1 from latest.servicing_request as request
        where request.policy_number = policy.policy_number and request.completed_date < date '2019-01-01'
    )
),

starts as (
    select
        days.*,
        lag(day) over (partition by person order by day) as day_before
    from days
    qualify day_before is null or day_before < day - 1
),

acts as (
    select
        people.person,
        done.day
    from (
        select users.customer_id, activity.activity_date as day
        from raw.members.app_activity as activity
        inner join latest.app_user as users on activity.user_id = users.user_id
        union all
        select customer_id, order_date from raw.account.payment_order
        where order_type = 'payment' and order_status = 'succeeded'
        union all
        select customer_id, contact_date from raw.contact_centre.contact
        union all
        select customer_id, issue_date from raw.policy_admin.policy
        union all
        select policy.customer_id, request.completed_date
        from latest.servicing_request as request
        inner join raw.policy_admin.policy as policy on request.policy_number = policy.policy_number
        where request.servicing_type = 'renewal' and request.request_status = 'completed'
    ) as done
    inner join people on done.customer_id = people.customer_id
),

known as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date as today,
        people.person,
        any_value(people.segment_code) as segment_code
    from periods
    inner join latest.customer as customer on periods.period_end_date >= customer.registered_date
    inner join people on customer.customer_id = people.customer_id
    where periods.grain <> 'day'
    group by periods.grain, periods.period_start_date, periods.period_end_date, people.person
),

described as (
    select
        known.*,
        (select min(days.day) from days where days.person = known.person and days.day <= known.today) as first_day,
        (select max(days.day) from days where days.person = known.person and days.day <= known.today) as last_day,
        (select max(starts.day) from starts where starts.person = known.person and starts.day <= known.today) as since_day,
        (
            select arg_max(starts.day_before, starts.day) from starts
            where starts.person = known.person and starts.day <= known.today
        ) as day_before,
        (select max(acts.day) from acts where acts.person = known.person and acts.day <= known.today) as last_act,
        coalesce(products.numerator, 0) as is_multi
    from known
    left join checked.multi_product_rate as products
        on known.grain = products.grain and known.period_start_date = products.period_start_date and known.person = products.person
)

select
    grain,
    period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    segment_code,
    case
        when first_day is null then 'prospect'
        when today - last_day >= 180 then 'lost'
        when last_day < today then 'at_risk'
        when today - first_day <= 90 then 'new'
        -- The day before the return he had been without cover for 180 days.
        when since_day - 1 - coalesce(day_before, since_day) >= 180 and today - since_day <= 180 then 'won_back'
        when today - coalesce(last_act, since_day) >= 180 then 'silent'
        when is_multi = 1 or today >= first_day + interval 36 month then 'mature'
        else 'growing'
    end as stage,
    1 as numerator,
    null as denominator
from described
