-- 日均沉淀资金: the sum of every day's idle_balance over the number of days, of every cut.
-- combine: value
with days as (
    select
        balances.period_start_date as business_date,
        tree.company_code,
        tree.branch_code,
        balances.segment_code,
        balances.numerator as amount
    from checked.idle_balance as balances
    left join organisation_tree as tree on balances.organisation_code = tree.organisation_code
    where balances.grain = 'day'
),

lengths as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        count(distinct days.business_date) as day_count
    from periods
    inner join days on days.business_date between periods.period_start_date and periods.period_end_date
    where periods.grain <> 'day'
    group by all
)

select
    lengths.grain,
    lengths.period_start_date,
    case grouping(days.company_code, days.branch_code, days.segment_code)
        when 7 then 'total' when 3 then 'company' when 5 then 'organisation' when 6 then 'segment' else 'company+segment'
    end as dimension_set,
    case when grouping(days.branch_code) = 0 then days.branch_code when grouping(days.company_code) = 0 then days.company_code end
        as organisation_code,
    case when grouping(days.segment_code) = 0 then days.segment_code end as segment_code,
    cast(sum(days.amount) as double) / lengths.day_count as value
from lengths
inner join days on days.business_date between lengths.period_start_date and lengths.period_end_date
group by grouping sets (
    (lengths.grain, lengths.period_start_date, lengths.day_count),
    (lengths.grain, lengths.period_start_date, lengths.day_count, days.company_code),
    (lengths.grain, lengths.period_start_date, lengths.day_count, days.branch_code),
    (lengths.grain, lengths.period_start_date, lengths.day_count, days.segment_code),
    (lengths.grain, lengths.period_start_date, lengths.day_count, days.company_code, days.segment_code)
)
