-- 潜客: registered, never effective.
select
    * replace (cast(stage = 'prospect' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
