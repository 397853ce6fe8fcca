-- 20秒服务水平: calls answered by a person within 20 seconds over calls that asked for one.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(is_human_answered and coalesce(wait_seconds, 0) <= 20 as integer) as numerator,
    1 as denominator
from raw.contact_centre.contact
where contact_type = 'call' and is_human_requested
