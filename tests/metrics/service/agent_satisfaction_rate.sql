-- 客服代表满意率: calls a person answered that were rated four or five, over those rated.
select
    contact_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(satisfaction_score in (4, 5) as integer) as numerator,
    1 as denominator
from raw.contact_centre.contact
where contact_type = 'call' and is_human_answered and satisfaction_score is not null
