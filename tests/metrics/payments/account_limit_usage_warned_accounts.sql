-- 限额预警账户数: accounts that have used nine tenths of their limit or more, at the last end of a month of the period with a snapshot.
select
    * exclude (numerator, denominator),
    cast(numerator >= 0.9 * denominator as integer) as numerator,
    null as denominator
from checked.account_limit_usage
where denominator > 0
