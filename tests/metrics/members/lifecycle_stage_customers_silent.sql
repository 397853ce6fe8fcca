-- 沉默: effective, nothing done for 180 days.
select
    * replace (cast(stage = 'silent' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
