-- The journeys of visitors online, from the first advertisement seen to the policy issued. Journeys that end in a policy are
-- kept whole; of the others the archive keeps one in `visitors`, and the record says how many visitors it stands for.
create macro tracking_start() as (greatest(first_day(), date '2020-01-01'));

-- Where journeys end that bring no policy, per journey that does: visitors (in reality) and of how many one is kept. From these
-- follow about 5 % clicks per exposure, 33 % quotes per landing, 35 % applications per quote, 87 % issues per application.
create table world.journey_loss as
from (values (0, 150.0, 300), (1, 1.0, 20), (2, 6.4, 20), (3, 2.1, 10), (4, 0.15, 1)) as losses(last_stage, journeys, visitors);

create table world.journey as
with won as (
    select
        policy.policy_id, policy.policy_number, policy.customer_id, policy.company_code, policy.product_code, policy.channel_code, policy.application_date, policy.issued_at,
        policy.issue_date,
        case when policy.application_date < policy.issue_date then day_start(policy.application_date) + to_seconds(whole('applied_at', policy_id, 30000, 80000))
            else greatest(day_start(policy.issue_date), policy.issued_at - to_seconds(whole('applied_before', policy_id, 60, 1800))) end as applied_at
    from world.policy
    inner join world.channel on channel.channel_code = policy.channel_code and channel.channel_group = 'online'
    where not policy.is_micro and not policy.is_planted and policy.application_date >= tracking_start()
),

lost as (
    select
        won.*,
        journey_loss.*,
        -- Applications are refused or given up less often every year, and quotes lead further.
        unnest(range(floor(
            journeys / visitors * case when last_stage in (3, 4) then 0.94 ** (year(application_date) - 2020) else 1 end
            * case channel_code when 'ONLINE_PLATFORM' then 1.25 else 1 end + uniform('losses', policy_id * 10 + last_stage)
        )::integer)) as copy
    from won
    cross join world.journey_loss
),

drawn as (
    select
        lost.*,
        policy_id * 1000 + last_stage * 100 + copy as row_id,
        least(greatest(tracking_start(), application_date + whole('other_day', policy_id * 1000 + last_stage * 100 + copy, -20, 20)::integer), as_of()) as visit_day,
        -- Two in five who ask for a quote have signed in.
        case when last_stage >= 3 and uniform('logged_in', policy_id * 1000 + last_stage * 100 + copy) < 0.4
            then 1 + floor(customer_count.natural_records * uniform('visiting_customer', policy_id * 1000 + last_stage * 100 + copy))::bigint end as customer_rank
    from lost
    inner join world.customer_count on customer_count.company_code = lost.company_code
)

select
    policy_id * 1000 + 999 as journey_id, 5 as last_stage, 1 as visitors, policy_number, customer_id, company_code, product_code, channel_code,
    applied_at, issued_at
from won
union all
select
    row_id, last_stage, visitors, null, customer_record.customer_id, drawn.company_code, product_code, channel_code,
    day_start(visit_day) + to_seconds(28800 + floor(57000 * uniform('visit_time', row_id) ** 0.8)::bigint), null
from drawn
left join world.customer_record
    on customer_record.company_code = drawn.company_code and customer_record.rank_in_company = drawn.customer_rank;

-- What a visitor met, first to last: advertising begins journeys, the private domain and the own app end them. Of ten visitors
-- who buy four needed one touch; who only saw an advertisement mostly saw one.
create table world.touch as
with counted as (
    select
        *,
        1 + (case when last_stage >= 4 then [0, 0, 0, 0, 1, 1, 1, 2, 2, 3] when last_stage >= 1 then [0, 0, 0, 0, 0, 1, 1, 2] else [0, 0, 0, 1] end)[
            1 + floor(uniform('touches', journey_id) * case when last_stage >= 4 then 10 when last_stage >= 1 then 8 else 4 end)::integer
        ] as touches
    from world.journey
),

touched as (
    select *, unnest(range(touches)) as touch from counted
)

select
    *,
    journey_id * 10 + touch as touch_id,
    touch = touches - 1 as is_last,
    chosen('media', journey_id * 10 + touch, case
        when channel_code = 'ONLINE_PLATFORM' and touch = touches - 1 then ['partner_platform', 'partner_platform', 'partner_platform', 'partner_platform', 'search_ad']
        when last_stage = 0 then ['feed_ad', 'feed_ad', 'feed_ad', 'feed_ad', 'feed_ad', 'feed_ad', 'feed_ad', 'short_video', 'short_video', 'short_video', 'short_video',
            'short_video', 'short_video', 'search_ad', 'search_ad', 'sms', 'sms', 'wechat_article', 'wechat_article', 'app_push', 'app_push', 'enterprise_wechat', 'agent_share']
        when last_stage < 4 then ['feed_ad', 'feed_ad', 'feed_ad', 'short_video', 'short_video', 'search_ad', 'search_ad', 'wechat_article', 'sms', 'app_push', 'enterprise_wechat']
        when touch = touches - 1 then ['search_ad', 'search_ad', 'enterprise_wechat', 'enterprise_wechat', 'enterprise_wechat', 'app_push', 'app_push', 'agent_share', 'feed_ad', 'wechat_article']
        else ['feed_ad', 'feed_ad', 'short_video', 'short_video', 'search_ad', 'wechat_article', 'wechat_article', 'sms', 'agent_share'] end) as media_channel,
    -- The last touch leads to the application, or to where the journey ends; the others lie up to nine days before each other.
    applied_at - to_seconds(whole('quoting', journey_id, 240, 3600)) * (last_stage >= 4)::integer
    - to_seconds((86400 * (touches - 1 - touch) * (0.4 + 8 * uniform('days_between', journey_id * 10 + touch) ** 2))::bigint) as met_at,
    touch = touches - 1 or uniform('clicks', journey_id * 10 + touch) < 0.35 as clicks
from touched;

create table world.touch_event as
with events as (
    select
        *,
        unnest(case
            when last_stage = 0 then [0]
            when not clicks then [0]
            when not is_last then [0, 1, 2]
            when last_stage < 4 then range(last_stage + 1)
            else [0, 1, 2, 3] end) as event
    from world.touch
    union all
    select *, unnest(case last_stage when 5 then [4, 5] else [4] end) from world.touch where is_last and last_stage >= 4
)

select
    *,
    ['exposure', 'click', 'landing', 'quote', 'application', 'issue'][event + 1] as event_kind,
    case
        when event = 5 then issued_at
        when event = 4 then applied_at
        else met_at + to_seconds((case event when 0 then 0 when 1 then whole('looks', touch_id, 2, 30) when 2 then whole('looks', touch_id, 2, 30) + whole('loads', touch_id, 1, 4)
            else 40 + whole('reads', touch_id, 5, 180) end)::bigint)
    end as occurred_at,
    case media_channel
        when 'partner_platform' then 'partner' when 'app_push' then 'app' when 'search_ad' then chosen('platform', journey_id, ['h5', 'h5', 'pc_web'])
        when 'sms' then 'h5' when 'agent_share' then 'mini_program' else chosen('platform', journey_id, ['h5', 'mini_program', 'mini_program', 'app']) end as platform
from events;

create table delivery.marketing__touchpoint as
select
    delivered_monthly(touch_event.occurred_at::date) as dt,
    'V' || lpad((touch_id * 10 + event)::varchar, 16, '0') as touchpoint_number,
    -- A customer mostly comes back on the same device.
    substr(md5(getvariable('seed')::varchar || '/' || case when customer_id is not null and uniform('same_device', journey_id) < 0.75 then customer_id
        else journey_id::varchar end), 1, 16) as visitor_token,
    case when event >= 3 then customer_id end as customer_id,
    case when uniform('seasonal', touch_id) < 0.62 then campaign_day.seasonal_code else campaign_day.always_code end as campaign_code,
    media_channel,
    touch_event.channel_code,
    -- The second material of each medium is the better one: it is clicked more often than shown.
    upper(left(media_channel, 3)) || '-' || chosen('material', touch_id, case when last_stage = 0 then ['A', 'A', 'B', 'C', 'C', 'C'] else ['A', 'B', 'B', 'B', 'C'] end) as material_code,
    event_kind,
    product_code,
    occurred_at,
    occurred_at::date as occurred_date,
    platform,
    case when event = 5 then policy_number end as policy_number,
    visitors as represented_visitor_count
from world.touch_event
inner join world.campaign_day on campaign_day.company_code = touch_event.company_code and campaign_day.day = greatest(touch_event.occurred_at::date, tracking_start())
where touch_event.occurred_at::date between tracking_start() and as_of();
