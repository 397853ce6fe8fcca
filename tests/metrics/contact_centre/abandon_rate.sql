-- 呼损率: calls that asked for a person and were not answered, over calls that asked.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(not is_human_answered as integer) as numerator,
    1 as denominator
from raw.contact_centre.contact
where contact_type = 'call' and is_human_requested
