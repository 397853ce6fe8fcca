{{ config(
    materialized='by_business_date',
    business_date='occurred_date',
    touched_by=['marketing.touchpoint']
) }}

with

touchpoints as (

    select * from {{ ref('stg_marketing__touchpoints') }}
    where {{ touched_only('occurred_date') }}

),

campaigns as (

    select * from {{ ref('stg_marketing__campaigns') }}

),

-- A visitor counts once a day at each step; of journeys that ended early one row stands for many visitors.
visitors as (

    select
        touchpoints.occurred_date,
        campaigns.organisation_code,
        touchpoints.channel_code,
        touchpoints.product_code,
        touchpoints.visitor_token,
        max(touchpoints.represented_visitor_count) filter (where touchpoints.event_kind = 'exposure') as exposed_visitor_count,
        max(touchpoints.represented_visitor_count) filter (where touchpoints.event_kind = 'click') as clicked_visitor_count,
        max(touchpoints.represented_visitor_count) filter (where touchpoints.event_kind = 'landing') as landed_visitor_count,
        max(touchpoints.represented_visitor_count) filter (where touchpoints.event_kind = 'quote') as quoted_visitor_count,
        max(touchpoints.represented_visitor_count) filter (where touchpoints.event_kind = 'application') as applied_visitor_count
    from touchpoints
    inner join campaigns on touchpoints.campaign_code = campaigns.campaign_code
    group by all

),

funnel as (

    select
        occurred_date,
        organisation_code,
        channel_code,
        product_code,
        cast(coalesce(sum(exposed_visitor_count), 0) as bigint) as exposed_visitor_count,
        cast(coalesce(sum(clicked_visitor_count), 0) as bigint) as clicked_visitor_count,
        cast(coalesce(sum(landed_visitor_count), 0) as bigint) as landed_visitor_count,
        cast(coalesce(sum(quoted_visitor_count), 0) as bigint) as quoted_visitor_count,
        cast(coalesce(sum(applied_visitor_count), 0) as bigint) as applied_visitor_count
    from visitors
    group by all

),

issued as (

    select
        touchpoints.occurred_date,
        campaigns.organisation_code,
        touchpoints.channel_code,
        touchpoints.product_code,
        count(distinct touchpoints.policy_number) as issued_policy_count,
        count(distinct coalesce(touchpoints.customer_id, touchpoints.visitor_token)) as issued_customer_count
    from touchpoints
    inner join campaigns on touchpoints.campaign_code = campaigns.campaign_code
    where touchpoints.event_kind = 'issue'
    group by all

),

daily as (

    select
        funnel.occurred_date,
        funnel.organisation_code,
        funnel.channel_code,
        funnel.product_code,
        funnel.exposed_visitor_count,
        funnel.clicked_visitor_count,
        funnel.landed_visitor_count,
        funnel.quoted_visitor_count,
        funnel.applied_visitor_count,
        coalesce(issued.issued_policy_count, 0) as issued_policy_count,
        coalesce(issued.issued_customer_count, 0) as issued_customer_count
    from funnel
    left join issued
        on
            funnel.occurred_date = issued.occurred_date
            and funnel.organisation_code = issued.organisation_code
            and funnel.channel_code = issued.channel_code
            and funnel.product_code = issued.product_code

)

select * from daily
