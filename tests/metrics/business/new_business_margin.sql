-- 新业务价值率(首年保费口径): new business value over the first-year premium for which a value rate holds.
select value.period_start_date as business_date, value.organisation_code, value.channel_code, value.product_code,
    value.numerator, premium.numerator as denominator
from (select period_start_date, organisation_code, channel_code, product_code, sum(numerator) as numerator from checked.new_business_value
    where grain = 'day' group by all having sum(numerator) is not null) as value
inner join (select period_start_date, organisation_code, channel_code, product_code, sum(numerator) as numerator from checked.new_business_premium
    where grain = 'day' group by all) as premium
    on value.period_start_date = premium.period_start_date and value.organisation_code = premium.organisation_code
    and value.channel_code = premium.channel_code and value.product_code = premium.product_code
