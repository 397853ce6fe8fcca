-- 指标血缘覆盖率: at the last run of a period, metrics traced to a delivered table over all metrics in the catalogue.
select
    periods.grain,
    periods.period_start_date,
    periods.period_end_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    cast(lineage.has_lineage as integer) as numerator,
    1 as denominator
from raw.meta.metric_lineage as lineage
inner join periods on lineage.recorded_date between periods.period_start_date and periods.period_end_date
where lineage.recorded_date = (
    select max(later.recorded_date) from raw.meta.metric_lineage as later
    where later.recorded_date between periods.period_start_date and periods.period_end_date
)
