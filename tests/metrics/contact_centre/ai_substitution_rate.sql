-- AI替代率: AI sessions (merged as in ai_service_sessions) never passed on to a person, over those plus contacts answered by a person.
with sessions as (
    select
        *,
        customer_id is null
        or coalesce(
            started_at - lag(started_at) over (partition by customer_id order by started_at, contact_number) > interval 30 minute,
            true
        ) as is_new
    from raw.contact_centre.contact
    where contact_type = 'ai_session'
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (order by customer_id, started_at, contact_number) as session_number
    from sessions
),

merged as (
    select
        arg_min(contact_date, started_at) as business_date,
        arg_min(organisation_code, started_at) as organisation_code,
        bool_or(is_transferred_to_human) as is_transferred
    from numbered
    group by session_number
)

select
    business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    1 as numerator,
    1 as denominator
from merged
where not is_transferred
union all
select
    contact_date,
    organisation_code,
    null,
    null,
    0,
    1
from raw.contact_centre.contact
where is_human_answered
