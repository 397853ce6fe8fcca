with

customer_records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

app_users as (

    select * from {{ ref('stg_members__app_users') }}
    where customer_id is not null

),

app_activities as (

    select * from {{ ref('stg_members__app_activities') }}

),

contacts as (

    select * from {{ ref('stg_contact_centre__contacts') }}
    where customer_id is not null

),

orders as (

    select * from {{ ref('stg_account__payment_orders') }}
    where order_type = 'payment' and order_status = 'succeeded'

),

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

renewals as (

    select * from {{ ref('int_business__policy_events') }}
    where in_force_effect = 'extends'

),

touches as (

    select
        app_users.customer_id,
        app_activities.activity_date as touch_date,
        app_activities.login_count,
        0 as payment_count,
        app_activities.service_count,
        app_activities.content_count
    from app_activities
    inner join app_users on app_activities.user_id = app_users.user_id

    union all

    -- Payments of the app are orders of the account, so they are counted here and not in the app.
    select
        customer_id,
        order_date as touch_date,
        0 as login_count,
        1 as payment_count,
        0 as service_count,
        0 as content_count
    from orders

    union all

    select
        customer_id,
        contact_date as touch_date,
        0 as login_count,
        0 as payment_count,
        1 as service_count,
        0 as content_count
    from contacts

    union all

    -- A purchase is no interaction of the count, but it ends a silence.
    select
        customer_id,
        issue_date as touch_date,
        0 as login_count,
        0 as payment_count,
        0 as service_count,
        0 as content_count
    from policies

    union all

    select
        policies.customer_id,
        renewals.event_date as touch_date,
        0 as login_count,
        0 as payment_count,
        0 as service_count,
        0 as content_count
    from renewals
    inner join policies on renewals.policy_number = policies.policy_number

),

daily as (

    select
        coalesce(customer_records.customer_key, left(sha256('record ' || touches.customer_id), 24)) as customer_key,
        touches.touch_date,
        cast(sum(touches.login_count) as bigint) as login_count,
        cast(sum(touches.payment_count) as bigint) as payment_count,
        cast(sum(touches.service_count) as bigint) as service_count,
        cast(sum(touches.content_count) as bigint) as content_count
    from touches
    left join customer_records on touches.customer_id = customer_records.customer_id
    group by 1, 2

)

select * from daily
