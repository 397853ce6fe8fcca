-- 案件胜诉(含有利)率: won, partly won and withdrawn, of the cases closed.
select
    closed_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(lawsuit_result in ('won', 'partly_won', 'withdrawn') as integer) as numerator,
    1 as denominator
from latest.lawsuit
where closed_date is not null
