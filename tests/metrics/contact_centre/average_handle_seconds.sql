-- 平均处理时长: seconds of conversation, hold and work after it, over contacts answered by a person.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0) + coalesce(wrap_up_seconds, 0) as numerator,
    1 as denominator
from raw.contact_centre.contact
where is_human_answered
