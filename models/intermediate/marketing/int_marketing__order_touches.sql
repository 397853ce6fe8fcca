{{ config(materialized='table') }}

with

touchpoints as (

    select * from {{ ref('stg_marketing__touchpoints') }}
    where event_kind = 'click'

),

orders as (

    select * from {{ ref('int_marketing__online_orders') }}

),

campaigns as (

    select * from {{ ref('stg_marketing__campaigns') }}

),

parameters as (

    select * from {{ ref('marketing_parameters') }}

),

timeline as (

    select
        touchpoints.touchpoint_number,
        touchpoints.visitor_token,
        touchpoints.media_channel,
        touchpoints.represented_visitor_count,
        touchpoints.occurred_at,
        0 as event_rank,
        campaigns.organisation_code,
        null as policy_number,
        null as issued_at
    from touchpoints
    inner join campaigns on touchpoints.campaign_code = campaigns.campaign_code

    union all

    select
        touchpoint_number,
        visitor_token,
        media_channel,
        1 as represented_visitor_count,
        occurred_at,
        1 as event_rank,
        organisation_code,
        policy_number,
        occurred_at as issued_at
    from orders

),

-- What a visitor did next: a click leads to the visitor's next order, and to no later one.
followed as (

    select
        *,
        first_value(policy_number ignore nulls) over later as next_policy_number,
        first_value(issued_at ignore nulls) over later as next_issued_at
    from timeline
    window
        later as (
            partition by visitor_token order by occurred_at, event_rank, touchpoint_number
            rows between current row and unbounded following
        )

),

clicks as (

    select
        followed.touchpoint_number,
        followed.visitor_token,
        followed.media_channel,
        followed.represented_visitor_count,
        followed.occurred_at,
        followed.organisation_code,
        coalesce(followed.next_issued_at - followed.occurred_at <= to_days(parameters.attribution_lookback_days), false) as is_in_time,
        followed.next_policy_number,
        followed.next_issued_at
    from followed
    cross join parameters
    where followed.event_rank = 0

),

led as (

    select
        touchpoint_number,
        visitor_token,
        media_channel,
        represented_visitor_count,
        occurred_at,
        organisation_code,
        case when is_in_time then next_policy_number end as policy_number,
        case when is_in_time then next_issued_at end as issued_at,
        -- The clicks of one visitor before the same order are one journey, whether they led to it in time or not.
        visitor_token || '/' || coalesce(next_policy_number, '') || '/' || is_in_time as journey_code
    from clicks

),

clicked as (

    select distinct policy_number
    from led
    where policy_number is not null

),

-- An order without a click in time is owed to the medium that its own event names.
clickless as (

    select
        touchpoint_number,
        visitor_token,
        media_channel,
        1 as represented_visitor_count,
        occurred_at,
        organisation_code,
        policy_number,
        occurred_at as issued_at,
        visitor_token || '/' || policy_number || '/true' as journey_code
    from orders
    where policy_number not in (select clicked.policy_number from clicked)

),

touches as (

    select * from led
    union all
    select * from clickless

),

numbered as (

    select
        *,
        row_number() over (partition by journey_code order by occurred_at, touchpoint_number) as touch_position,
        count(*) over (partition by journey_code) as touch_count,
        max(occurred_at) over (partition by journey_code) as last_touched_at
    from touches

),

-- An order is attributed with the journeys, of either outcome, that ended in its company and quarter.
placed as (

    select
        numbered.* exclude (organisation_code, last_touched_at),
        coalesce(
            orders.organisation_code,
            first_value(numbered.organisation_code) over (partition by numbered.journey_code order by numbered.touch_position desc)
        ) as organisation_code,
        cast(date_trunc('quarter', coalesce(numbered.issued_at, numbered.last_touched_at)) as date) as quarter_start_date
    from numbered
    left join orders on numbered.policy_number = orders.policy_number

)

select * from placed
