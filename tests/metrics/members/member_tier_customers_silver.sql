-- 白银会员: people whose tier is silver at the end of the period.
select
    * replace (cast(tier_code = 'silver' as integer) as numerator, null as denominator)
from checked.member_tier_customers
