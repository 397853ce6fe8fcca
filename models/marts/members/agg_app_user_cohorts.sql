with

app_users as (

    select * from {{ ref('stg_members__app_users') }}

),

activities as (

    select * from {{ ref('stg_members__app_activities') }}
    where login_count + payment_count + content_count + service_count > 0

),

sources as (

    select * from {{ ref('registration_sources') }}

),

retention_days as (

    select cast(parameter_value as integer) as retention_day
    from {{ ref('member_parameters') }}
    where parameter_code like 'retention\_days\_%' escape '\'

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

log_start as (

    select min(activity_date) as log_start_date
    from activities

),

cohort_users as (

    select
        app_users.user_id,
        app_users.registered_date,
        sources.channel_code,
        retention_days.retention_day,
        cast(app_users.registered_date + retention_days.retention_day as date) as observed_date
    from app_users
    cross join retention_days
    cross join as_of
    cross join log_start
    left join sources on app_users.registration_source = sources.registration_source
    where
        app_users.registered_date >= log_start.log_start_date
        and app_users.registered_date + retention_days.retention_day <= as_of.as_of_date

),

cohorts as (

    select
        cohort_users.registered_date,
        cohort_users.channel_code,
        cohort_users.retention_day,
        count(*) as registered_user_count,
        count(activities.user_id) as retained_user_count
    from cohort_users
    left join activities
        on
            cohort_users.user_id = activities.user_id
            and cohort_users.observed_date = activities.activity_date
    group by cohort_users.registered_date, cohort_users.channel_code, cohort_users.retention_day

)

select * from cohorts
