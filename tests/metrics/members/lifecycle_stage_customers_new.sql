-- 新客: effective for the first time no more than 90 days ago.
select
    * replace (cast(stage = 'new' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
