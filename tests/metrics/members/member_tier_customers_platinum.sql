-- 铂金会员: people whose tier is platinum at the end of the period.
select
    * replace (cast(tier_code = 'platinum' as integer) as numerator, null as denominator)
from checked.member_tier_customers
