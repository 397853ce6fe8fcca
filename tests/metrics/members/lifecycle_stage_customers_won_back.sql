-- 赢回: effective again for no more than 180 days after being lost.
select
    * replace (cast(stage = 'won_back' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
