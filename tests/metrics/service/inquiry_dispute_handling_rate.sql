-- 承保理赔查询异议处理率: disputes handled over disputes received; by day received.
select
    received_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(handled_date is not null as integer) as numerator,
    1 as denominator
from latest.inquiry_dispute
