with

spends as (

    select * from {{ ref('stg_marketing__spends') }}

),

campaigns as (

    select * from {{ ref('stg_marketing__campaigns') }}

),

orders as (

    select * from {{ ref('int_marketing__online_orders') }}

),

spent as (

    select
        spends.spend_month as activity_month,
        campaigns.organisation_code,
        spends.channel_code,
        sum(spends.media_amount) as media_amount,
        sum(spends.channel_fee_amount) as channel_fee_amount,
        sum(spends.coupon_subsidy_amount) as coupon_subsidy_amount,
        sum(spends.labour_amount) as labour_amount
    from spends
    inner join campaigns on spends.campaign_code = campaigns.campaign_code
    group by spends.spend_month, campaigns.organisation_code, spends.channel_code

),

ordered as (

    select
        cast(date_trunc('month', order_date) as date) as activity_month,
        organisation_code,
        channel_code,
        count(*) as order_count,
        sum(premium_amount) as order_premium_amount,
        count(*) filter (where is_first_online_purchase) as new_customer_count,
        sum(first_year_margin_amount) filter (where is_first_online_purchase) as new_customer_margin_amount
    from orders
    group by cast(date_trunc('month', order_date) as date), organisation_code, channel_code

),

activity as (

    select * from spent
    union all by name
    select * from ordered

),

monthly as (

    select
        activity_month,
        organisation_code,
        channel_code,
        cast(coalesce(sum(media_amount), 0) as decimal(18, 2)) as media_amount,
        cast(coalesce(sum(channel_fee_amount), 0) as decimal(18, 2)) as channel_fee_amount,
        cast(coalesce(sum(coupon_subsidy_amount), 0) as decimal(18, 2)) as coupon_subsidy_amount,
        cast(coalesce(sum(labour_amount), 0) as decimal(18, 2)) as labour_amount,
        cast(coalesce(sum(order_count), 0) as bigint) as order_count,
        cast(coalesce(sum(order_premium_amount), 0) as decimal(18, 2)) as order_premium_amount,
        cast(coalesce(sum(new_customer_count), 0) as bigint) as new_customer_count,
        cast(coalesce(sum(new_customer_margin_amount), 0) as decimal(18, 2)) as new_customer_margin_amount
    from activity
    group by activity_month, organisation_code, channel_code

),

totalled as (

    select
        *,
        cast(media_amount + channel_fee_amount + coupon_subsidy_amount + labour_amount as decimal(18, 2)) as spend_amount
    from monthly

)

select * from totalled
