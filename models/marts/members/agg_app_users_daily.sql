with

app_users as (

    select * from {{ ref('stg_members__app_users') }}

),

activities as (

    select * from {{ ref('stg_members__app_activities') }}
    where login_count + payment_count + content_count + service_count > 0

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

parameters as (

    select cast(max(parameter_value) as integer) as window_days
    from {{ ref('member_parameters') }}
    where parameter_code = 'active_window_days'

),

user_segments as (

    select
        app_users.user_id,
        customers.segment_code
    from app_users
    left join customer_records on app_users.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key

),

user_days as (

    select
        activities.user_id,
        user_segments.segment_code,
        activities.activity_date,
        row_number() over (
            partition by activities.user_id, date_trunc('month', activities.activity_date) order by activities.activity_date
        ) = 1 as is_first_of_month,
        lead(activities.activity_date) over (
            partition by activities.user_id order by activities.activity_date
        ) as next_activity_date
    from activities
    inner join user_segments on activities.user_id = user_segments.user_id

),

-- A user is in the window from a day of use until the window has passed, or until the next day of use takes over.
changes as (

    select
        activity_date as changed_date,
        segment_code,
        count(*) as daily_count,
        count(*) as window_change,
        count(*) filter (where is_first_of_month) as first_of_month_count
    from user_days
    group by activity_date, segment_code

    union all

    select
        least(
            cast(user_days.activity_date + parameters.window_days as date),
            coalesce(user_days.next_activity_date, date '9999-12-31')
        ) as changed_date,
        user_days.segment_code,
        0 as daily_count,
        -count(*) as window_change,
        0 as first_of_month_count
    from user_days
    cross join parameters
    group by 1, 2

),

daily_changes as (

    select
        changed_date,
        segment_code,
        sum(daily_count) as daily_count,
        sum(window_change) as window_change,
        sum(first_of_month_count) as first_of_month_count
    from changes
    group by changed_date, segment_code

),

segments as (

    select distinct segment_code
    from user_days

),

bounds as (

    select min(activity_date) as first_date
    from user_days

),

days as (

    select
        cast(unnest(generate_series(bounds.first_date, as_of.as_of_date, interval 1 day)) as date) as activity_date,
        segments.segment_code
    from bounds
    cross join as_of
    cross join segments

),

daily as (

    select
        days.activity_date,
        days.segment_code,
        cast(coalesce(daily_changes.daily_count, 0) as bigint) as daily_active_user_count,
        cast(sum(coalesce(daily_changes.window_change, 0)) over (
            partition by days.segment_code order by days.activity_date
        ) as bigint) as weekly_active_user_count,
        cast(sum(coalesce(daily_changes.first_of_month_count, 0)) over (
            partition by days.segment_code, date_trunc('month', days.activity_date) order by days.activity_date
        ) as bigint) as month_to_date_active_user_count
    from days
    left join daily_changes
        on
            days.activity_date = daily_changes.changed_date
            and days.segment_code is not distinct from daily_changes.segment_code

)

select * from daily
