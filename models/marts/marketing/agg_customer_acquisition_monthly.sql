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
        sum(spends.media_amount + spends.channel_fee_amount + spends.coupon_subsidy_amount + spends.labour_amount) as spend_amount
    from spends
    inner join campaigns on spends.campaign_code = campaigns.campaign_code
    group by spends.spend_month, campaigns.organisation_code, spends.channel_code

),

ordered as (

    select
        cast(date_trunc('month', order_date) as date) as activity_month,
        organisation_code,
        channel_code,
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
        cast(coalesce(sum(order_premium_amount), 0) as decimal(18, 2)) as order_premium_amount,
        cast(coalesce(sum(new_customer_count), 0) as bigint) as new_customer_count,
        cast(coalesce(sum(new_customer_margin_amount), 0) as decimal(18, 2)) as new_customer_margin_amount,
        cast(coalesce(sum(spend_amount), 0) as decimal(18, 2)) as spend_amount
    from activity
    group by activity_month, organisation_code, channel_code

)

select * from monthly
