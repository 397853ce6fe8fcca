-- 钻石会员: people whose tier is diamond at the end of the period.
select
    * replace (cast(tier_code = 'diamond' as integer) as numerator, null as denominator)
from checked.member_tier_customers
