-- 电话呼入人工接通率: calls answered by a person over calls that asked for a person.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(is_human_answered as integer) as numerator,
    1 as denominator
from raw.contact_centre.contact
where contact_type = 'call' and is_human_requested
