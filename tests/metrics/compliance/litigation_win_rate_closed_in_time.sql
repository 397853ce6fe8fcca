-- 审限内结案率: closed on the last day of the time limit or before, of the cases closed.
select
    closed_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(closed_date <= time_limit_date as integer) as numerator,
    1 as denominator
from latest.lawsuit
where closed_date is not null
