-- What each campaign spends a month by medium and sales channel: media by visitors reached, fees by premium, coupons as redeemed.
create table world.spend as
with reached as (
    select
        campaign_code,
        media_channel,
        touchpoint.channel_code,
        date_trunc('month', occurred_date)::date as spend_month,
        coalesce(sum(represented_visitor_count) filter (event_kind = 'exposure'), 0) as exposures,
        coalesce(sum(represented_visitor_count) filter (event_kind = 'click'), 0) as clicks,
        coalesce(sum(policy.premium_amount), 0) as premium_amount
    from delivery.marketing__touchpoint as touchpoint
    left join world.policy on policy.policy_number = touchpoint.policy_number
    group by all
),

subsidised as (
    select campaign_code, date_trunc('month', redeemed_date)::date as spend_month, sum(coupon_amount) as subsidy
    from world.coupon
    where redeemed_date is not null
    group by all
),

shared as (
    select
        reached.*,
        coalesce(subsidised.subsidy, 0) * reached.clicks / greatest(sum(reached.clicks) over (partition by reached.campaign_code, reached.spend_month), 1) as subsidy,
        hash(reached.campaign_code, media_channel, channel_code, reached.spend_month) >> 1 as row_id
    from reached
    left join subsidised on subsidised.campaign_code = reached.campaign_code and subsidised.spend_month = reached.spend_month
)

select
    *,
    -- Yuan a visitor reached; bought traffic grows dearer by a twelfth a year, the own media cost little but people's time.
    exposures * exp(0.12 * normal('price', row_id)) * case media_channel
        when 'search_ad' then 3.20 when 'feed_ad' then 1.05 when 'short_video' then 1.20 when 'partner_platform' then 0.60 when 'wechat_article' then 0.50
        when 'sms' then 0.10 else 0.02 end
    * case when media_channel in ('search_ad', 'feed_ad', 'short_video', 'partner_platform') then 1.083 ** (year(spend_month) - 2020) else 1 end as media_cost,
    premium_amount * case media_channel when 'partner_platform' then 0.25 when 'agent_share' then 0.12 else 0.01 end as fee,
    case media_channel when 'enterprise_wechat' then 2.00 when 'agent_share' then 0.80 else 0.04 end * exposures * exp(0.1 * normal('labour', row_id)) as labour
from shared;

create table delivery.marketing__spend as
select
    delivered_quarterly(least(last_day(spend_month), as_of())) as dt,
    campaign_code,
    media_channel,
    channel_code,
    least(last_day(spend_month), as_of()) as booked_date,
    spend_month,
    round(media_cost, 2)::decimal(18, 2) as media_amount,
    round(fee, 2)::decimal(18, 2) as channel_fee_amount,
    round(subsidy, 2)::decimal(18, 2) as coupon_subsidy_amount,
    round(labour, 2)::decimal(18, 2) as labour_amount,
    exposures::bigint as exposure_count,
    clicks::bigint as click_count
from world.spend;
