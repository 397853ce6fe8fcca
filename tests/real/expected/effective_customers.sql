-- The source has no number of the policyholder, so every policy is a customer: those with cover over the last day of the year.
with ends as (
    select make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end from range(1996, 2019) as years(y)
)

select 'year' as grain, ends.period_start_date, covers.organisation_code, count(distinct covers.customer) as value
from ends
join covers on covers.cover_start <= ends.period_end and coalesce(covers.cover_end > ends.period_end, true)
where case covers.organisation_code
    when 'USLIFE' then ends.period_end < date '2010-01-01'
    when 'EULINK' then ends.period_end < date '2008-01-01'
    when 'FREMOTOR' then true
    else ends.period_end > date '2015-01-01'
end
group by all
