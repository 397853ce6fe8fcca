-- 智能云客服服务人次: AI sessions; one that starts within 30 minutes of the same customer's previous one is part of it.
-- Sessions of unknown customers count singly. A session belongs to the day and organisation where it begins.
with sessions as (
    select
        *,
        lag(started_at) over (partition by customer_id order by started_at, contact_number) as previous_started_at
    from raw.contact_centre.contact
    where contact_type = 'ai_session'
)

select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    1 as numerator,
    null as denominator
from sessions
where customer_id is null or previous_started_at is null or started_at - previous_started_at > interval 30 minute
