-- Spanish claims whose policy year is under way at the end of the period and began 6 to 15 days before.
with ends as (
    select 'year' as grain, make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end
    from range(2015, 2019) as years(y)
    union all
    select 'month', make_date(2017, m, 1), last_day(make_date(2017, m, 1)) from range(1, 13) as months(m)
)

select ends.grain, ends.period_start_date, count(*) filter (where ends.period_end - reported between 6 and 15) as value
from ends
join spanish_claims on reported <= ends.period_end and settled > ends.period_end
group by all
