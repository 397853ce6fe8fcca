-- 客户统一视图覆盖率: records of the companies tied to a unified number by the end of the period, over records made by
-- then.
select
    periods.grain,
    periods.period_start_date,
    link.organisation_code,
    null as channel_code,
    null as product_code,
    cast(link.unified_customer_id is not null and link.linked_date <= periods.period_end_date as integer) as numerator,
    1 as denominator
from periods
inner join latest.identity_link as link on periods.period_end_date >= link.registered_date
where periods.grain <> 'day'
