-- 客均合同数: policies in force and accounts with money, over effective customers.
select
    grain,
    period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    segment_code,
    count(distinct contract_number) as numerator,
    1 as denominator
from checked.effective_customers
where grain <> 'day'
group by grain, period_start_date, segment_code, person
