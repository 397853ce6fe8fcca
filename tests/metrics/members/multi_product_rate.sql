-- 多产品持有率: people with two kinds of product or more, over effective customers. Kinds by seed product_lines, an
-- account being one.
select
    contracts.grain,
    contracts.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    contracts.segment_code,
    contracts.person,
    cast(count(distinct product_lines.product_kind) >= 2 as integer) as numerator,
    1 as denominator
from checked.effective_customers as contracts
left join latest.product as product on contracts.product_code = product.product_code
inner join seeds.product_lines as product_lines on coalesce(product.product_line, 'account') = product_lines.product_line
where contracts.grain <> 'day'
group by contracts.grain, contracts.period_start_date, contracts.segment_code, contracts.person
