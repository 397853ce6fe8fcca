with

members as (

    select * from {{ ref('stg_marketing__private_domain_members') }}

),

activities as (

    select * from {{ ref('stg_marketing__private_domain_activities') }}

),

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}

),

active as (

    select
        activities.activity_month,
        members.organisation_code,
        members.operating_account_code,
        count(*) as active_member_count
    from activities
    inner join members on activities.member_number = members.member_number
    group by activities.activity_month, members.organisation_code, members.operating_account_code

),

-- Members count from the day they join; on the day they leave they are no members any more.
converted as (

    select
        cast(date_trunc('month', policies.issue_date) as date) as activity_month,
        members.organisation_code,
        members.operating_account_code,
        count(distinct members.member_number) as converted_member_count
    from members
    inner join policies
        on
            members.customer_id = policies.customer_id
            and members.joined_date <= policies.issue_date
            and coalesce(members.left_date, date '9999-12-31') > policies.issue_date
    -- Before activity was recorded there is nothing to relate to.
    where policies.issue_date >= (select min(activities.activity_month) from activities)
    group by cast(date_trunc('month', policies.issue_date) as date), members.organisation_code, members.operating_account_code

),

activity as (

    select * from active
    union all by name
    select * from converted

),

monthly as (

    select
        activity_month,
        organisation_code,
        operating_account_code,
        cast(coalesce(sum(active_member_count), 0) as bigint) as active_member_count,
        cast(coalesce(sum(converted_member_count), 0) as bigint) as converted_member_count
    from activity
    group by activity_month, organisation_code, operating_account_code

)

select * from monthly
