-- 合同退回补正时长: working days with the department for corrections, per contract approved.
select
    approved_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(returned_days, 0) as numerator,
    1 as denominator
from latest.contract
where approved_date is not null
