with

app_users as (

    select * from {{ ref('stg_members__app_users') }}

),

reviews as (

    select * from {{ ref('stg_members__member_tiers') }}

),

tiers as (

    select * from {{ ref('member_tiers') }}

),

month_ends as (

    select * from {{ ref('int_members__month_ends') }}

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

-- Two users of one person are one member, of the higher tier.
members as (

    select
        app_users.user_id,
        coalesce(customer_records.customer_key, 'user ' || app_users.user_id) as member_key,
        customers.segment_code
    from app_users
    left join customer_records on app_users.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key

),

ranked_reviews as (

    select
        reviews.user_id,
        reviews.evaluated_date,
        tiers.tier_rank,
        lead(reviews.evaluated_date) over (partition by reviews.user_id order by reviews.evaluated_date) as next_evaluated_date
    from reviews
    inner join tiers on reviews.tier_code = tiers.tier_code

),

member_months as (

    select
        month_ends.snapshot_date,
        members.member_key,
        members.segment_code,
        case
            when month_ends.snapshot_date = last_day(month_ends.snapshot_date) and month(month_ends.snapshot_date) % 3 = 0
                then last_day(cast(month_ends.snapshot_date - interval 3 month as date))
        end as opening_date,
        max(ranked_reviews.tier_rank) as tier_rank
    from ranked_reviews
    inner join month_ends
        on
            ranked_reviews.evaluated_date <= month_ends.snapshot_date
            and coalesce(ranked_reviews.next_evaluated_date, date '9999-12-31') > month_ends.snapshot_date
    inner join members on ranked_reviews.user_id = members.user_id
    group by month_ends.snapshot_date, members.member_key, members.segment_code

),

compared as (

    select
        present.snapshot_date,
        present.segment_code,
        present.tier_rank,
        earlier.tier_rank as opening_tier_rank
    from member_months as present
    left join member_months as earlier
        on
            present.member_key = earlier.member_key
            and present.opening_date = earlier.snapshot_date

),

counted as (

    select
        compared.snapshot_date,
        compared.segment_code,
        tiers.tier_code,
        count(*) as member_count,
        count(compared.opening_tier_rank) as opening_member_count,
        count(*) filter (where compared.tier_rank > compared.opening_tier_rank) as upgraded_member_count
    from compared
    inner join tiers on compared.tier_rank = tiers.tier_rank
    group by compared.snapshot_date, compared.segment_code, tiers.tier_code

)

select * from counted
