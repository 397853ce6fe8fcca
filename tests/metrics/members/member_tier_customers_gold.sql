-- 黄金会员: people whose tier is gold at the end of the period.
select
    * replace (cast(tier_code = 'gold' as integer) as numerator, null as denominator)
from checked.member_tier_customers
