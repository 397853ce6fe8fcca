-- 流失预警: not effective for less than 180 days.
select
    * replace (cast(stage = 'at_risk' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
