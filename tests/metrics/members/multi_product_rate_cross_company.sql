-- 跨公司合同: people with contracts of two companies or more, over effective customers.
select
    contracts.grain,
    contracts.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    contracts.segment_code,
    cast(count(distinct tree.company_code) >= 2 as integer) as numerator,
    1 as denominator
from checked.effective_customers as contracts
inner join organisation_tree as tree on contracts.organisation_code = tree.organisation_code
where contracts.grain <> 'day'
group by contracts.grain, contracts.period_start_date, contracts.segment_code, contracts.person
