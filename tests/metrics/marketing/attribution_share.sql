-- 渠道归因占比（末次触点）: of the premium of online orders, what bought media get when the last click of the 30 days before gets all of it.
with orders as (
    select
        touchpoint.policy_number, touchpoint.visitor_token, touchpoint.occurred_at as issued_at, touchpoint.media_channel as own_medium,
        campaign.organisation_code, touchpoint.channel_code, touchpoint.product_code, policy.premium_amount,
        lag(touchpoint.occurred_at) over (partition by touchpoint.visitor_token order by touchpoint.occurred_at) as previous_issued_at
    from raw.marketing.touchpoint as touchpoint
    inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
    inner join raw.policy_admin.policy as policy on touchpoint.policy_number = policy.policy_number
    inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
    where touchpoint.event_kind = 'issue'
),

touches as (
    select orders.policy_number, click.touchpoint_number, click.media_channel, click.occurred_at, orders.issued_at
    from orders
    inner join raw.marketing.touchpoint as click
        on click.visitor_token = orders.visitor_token and click.event_kind = 'click' and click.occurred_at <= orders.issued_at
        and click.occurred_at >= orders.issued_at - interval 30 day
        and (orders.previous_issued_at is null or click.occurred_at > orders.previous_issued_at)
    union all
    select policy_number, 'own event', own_medium, issued_at, issued_at from orders
    where not exists (
        select 1 from raw.marketing.touchpoint as click
        where click.visitor_token = orders.visitor_token and click.event_kind = 'click' and click.occurred_at <= orders.issued_at
            and click.occurred_at >= orders.issued_at - interval 30 day
            and (orders.previous_issued_at is null or click.occurred_at > orders.previous_issued_at)
    )
),

weighted as (
    select
        policy_number,
        media_channel,
        cast(row_number() over (partition by policy_number order by occurred_at desc, touchpoint_number desc) = 1 as integer) as weight
    from touches
)

select
    cast(orders.issued_at as date) as business_date,
    orders.organisation_code,
    orders.channel_code,
    orders.product_code,
    case when media.is_bought then orders.premium_amount * weighted.weight else 0 end as numerator,
    orders.premium_amount * weighted.weight as denominator
from weighted
inner join orders on weighted.policy_number = orders.policy_number
left join seeds.media as media on weighted.media_channel = media.media_channel
