-- 渠道归因占比（马尔可夫）: transitions between media counted on the journeys of a company and quarter, those without an order too; a
-- medium's removal effect is the share of orders lost without it, and an order's clicks share its premium by it. Every walk is
-- followed one by one.
with recursive orders as (
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

followed as (
    select
        click.touchpoint_number, click.visitor_token, click.media_channel, click.occurred_at, click.represented_visitor_count,
        campaign.organisation_code,
        (
            select min(orders.issued_at) from orders
            where orders.visitor_token = click.visitor_token and orders.issued_at >= click.occurred_at
        ) as next_order_at
    from raw.marketing.touchpoint as click
    inner join raw.marketing.campaign as campaign on click.campaign_code = campaign.campaign_code
    where click.event_kind = 'click'
),

lost as (
    select *, visitor_token || '/' || coalesce(cast(next_order_at as varchar), 'never') as journey
    from followed
    where touchpoint_number not in (select touches.touchpoint_number from touches)
),

journeys as (
    select
        policy_number as journey, any_value(orders.organisation_code) as organisation_code,
        date_trunc('quarter', any_value(touches.issued_at)) as quarter_start, 1 as weight, '(order)' as outcome,
        list(touches.media_channel order by touches.occurred_at, touches.touchpoint_number) as media
    from touches
    inner join orders using (policy_number)
    group by policy_number
    union all
    select
        journey, arg_max(organisation_code, occurred_at), date_trunc('quarter', max(occurred_at)),
        any_value(represented_visitor_count), '(lost)',
        list(media_channel order by occurred_at, touchpoint_number)
    from lost
    group by journey
),

hops as (
    select organisation_code, quarter_start, weight, states[place] as from_state, states[place + 1] as to_state
    from (
        select *, ['(start)'] || media || [outcome] as states, unnest(range(1, len(media) + 2)) as place from journeys
    )
),

transitions as (
    select
        organisation_code, quarter_start, from_state, to_state,
        sum(weight) * 1.0 / sum(sum(weight)) over (partition by organisation_code, quarter_start, from_state) as probability
    from hops
    group by organisation_code, quarter_start, from_state, to_state
),

walks as (
    select organisation_code, quarter_start, ['(start)'] as walk, '(start)' as state, 1.0::double as probability
    from transitions
    group by all
    union all
    select
        walks.organisation_code, walks.quarter_start, walks.walk || [transitions.to_state], transitions.to_state,
        walks.probability * transitions.probability
    from walks
    inner join transitions
        on walks.organisation_code = transitions.organisation_code and walks.quarter_start = transitions.quarter_start
        and walks.state = transitions.from_state
    where len(walks.walk) <= 30
),

effects as (
    select
        states.organisation_code, states.quarter_start, states.to_state as media_channel,
        sum(case when list_contains(walks.walk, states.to_state) then walks.probability else 0 end) / sum(walks.probability) as effect
    from (select distinct organisation_code, quarter_start, to_state from transitions where to_state not in ('(order)', '(lost)')) as states
    inner join walks
        on walks.organisation_code = states.organisation_code and walks.quarter_start = states.quarter_start and walks.state = '(order)'
    group by all
),

weighted as (
    select
        touches.policy_number, touches.media_channel,
        coalesce(
            effects.effect / nullif(sum(effects.effect) over (partition by touches.policy_number), 0),
            1.0 / count(*) over (partition by touches.policy_number)
        ) as weight
    from touches
    inner join orders on touches.policy_number = orders.policy_number
    left join effects
        on effects.organisation_code = orders.organisation_code and effects.quarter_start = date_trunc('quarter', touches.issued_at)
        and effects.media_channel = touches.media_channel
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
