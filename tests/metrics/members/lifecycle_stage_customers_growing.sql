-- 成长: effective, no other stage.
select
    * replace (cast(stage = 'growing' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
