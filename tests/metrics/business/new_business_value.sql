-- 新业务价值(代理): first-year premium of products of more than one year, free-look cancellations deducted, times the value rate of
-- product and channel that holds on the day; nothing where none holds.
select
    premium.period_start_date as business_date,
    premium.organisation_code,
    premium.channel_code,
    premium.product_code,
    premium.numerator * (
        select arg_max(rate.margin_ratio, rate.valid_from_date) from raw.finance.value_rate as rate
        where rate.product_code = premium.product_code and rate.channel_code = premium.channel_code
            and rate.valid_from_date <= premium.period_start_date
    ) as numerator,
    null as denominator
from checked.new_business_premium as premium
inner join latest.product as product on premium.product_code = product.product_code
where premium.grain = 'day' and product.is_long_term
