-- 流失: not effective for 180 days.
select
    * replace (cast(stage = 'lost' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
