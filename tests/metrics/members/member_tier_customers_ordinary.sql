-- 普通会员: people whose tier is ordinary at the end of the period.
select
    * replace (cast(tier_code = 'ordinary' as integer) as numerator, null as denominator)
from checked.member_tier_customers
