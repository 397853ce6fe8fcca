-- 首次解决率: sessions of known customers on known matters after which no other session of the customer on the matter begins within
-- 72 hours, over all such sessions; an AI session within 30 minutes of the customer's previous one is no session of its own.
with contacts as (
    select
        *,
        contact_type = 'ai_session' and coalesce(started_at - lag(started_at) over (
            partition by customer_id, contact_type order by started_at, contact_number
        ) <= interval 30 minute, false) as is_going_on
    from raw.contact_centre.contact
    where customer_id is not null
),

sessions as (
    select * from contacts
    where not is_going_on and intent is not null
)

select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(not exists (
        select 1 from sessions as later
        where
            later.customer_id = sessions.customer_id and later.intent = sessions.intent
            and (later.started_at, later.contact_number) > (sessions.started_at, sessions.contact_number)
            and later.started_at <= sessions.started_at + interval 72 hour
    ) as integer) as numerator,
    1 as denominator
from sessions
