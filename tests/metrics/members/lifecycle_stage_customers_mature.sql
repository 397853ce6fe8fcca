-- 成熟: two kinds of product or 36 months.
select
    * replace (cast(stage = 'mature' as integer) as numerator, null as denominator)
from checked.lifecycle_stage_customers
