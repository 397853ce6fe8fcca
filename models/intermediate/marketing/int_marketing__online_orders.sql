with

touchpoints as (

    select * from {{ ref('stg_marketing__touchpoints') }}
    where event_kind = 'issue' and policy_number is not null

),

campaigns as (

    select * from {{ ref('stg_marketing__campaigns') }}

),

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}

),

margins as (

    select * from {{ ref('first_year_margins') }}

),

orders as (

    select
        touchpoints.policy_number,
        touchpoints.touchpoint_number,
        touchpoints.visitor_token,
        touchpoints.media_channel,
        touchpoints.occurred_at,
        touchpoints.occurred_date as order_date,
        campaigns.organisation_code,
        touchpoints.channel_code,
        touchpoints.product_code,
        policies.premium_amount,
        cast(policies.premium_amount * coalesce(margins.margin_ratio, 0) as decimal(18, 2)) as first_year_margin_amount,
        policies.is_first_online_purchase
    from touchpoints
    inner join campaigns on touchpoints.campaign_code = campaigns.campaign_code
    inner join policies on touchpoints.policy_number = policies.policy_number
    left join margins on policies.product_line = margins.product_line
    -- A policy is issued once; should its event be delivered twice, the first stands.
    qualify
        row_number() over (partition by touchpoints.policy_number order by touchpoints.occurred_at, touchpoints.touchpoint_number) = 1

)

select * from orders
