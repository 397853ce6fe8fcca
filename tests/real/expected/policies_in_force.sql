-- Policies with a stretch of cover over the last day of the period, at year ends and at month ends of 2017. Lives are counted while
-- their sources observe them.
with ends as (
    select 'year' as grain, make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end
    from range(1996, 2019) as years(y)
    union all
    select 'month', make_date(2017, m, 1), last_day(make_date(2017, m, 1)) from range(1, 13) as months(m)
)

select ends.grain, ends.period_start_date, covers.organisation_code, count(distinct covers.customer) as value
from ends
join covers on covers.cover_start <= ends.period_end and coalesce(covers.cover_end > ends.period_end, true)
where case covers.organisation_code
    when 'USLIFE' then ends.period_end < date '2010-01-01'
    when 'EULINK' then ends.period_end < date '2008-01-01'
    when 'FREMOTOR' then true
    else ends.period_end > date '2015-01-01'
end
group by all
