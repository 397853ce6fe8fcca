-- 人工服务综合接通率: calls and chats answered by a person over calls and chats that asked for one.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(is_human_answered as integer) as numerator,
    1 as denominator
from raw.contact_centre.contact
where contact_type in ('call', 'chat') and is_human_requested
