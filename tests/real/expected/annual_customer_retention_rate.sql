-- Policies with cover over the last day of the year before and of the year, over those of the year before.
with held as (
    select distinct years.y, covers.organisation_code, covers.customer
    from range(1996, 2019) as years(y)
    join covers
        on covers.cover_start <= make_date(years.y, 12, 31) and coalesce(covers.cover_end > make_date(years.y, 12, 31), true)
    where case covers.organisation_code
        when 'USLIFE' then years.y < 2010
        when 'EULINK' then years.y < 2008
        when 'FREMOTOR' then true
        else years.y > 2014
    end
)

select
    'year' as grain, make_date(before.y + 1, 1, 1) as period_start_date, before.organisation_code, count(after.y) / count(*) as value
from held as before
left join held as after
    on before.customer = after.customer and before.organisation_code = after.organisation_code and after.y = before.y + 1
where (before.organisation_code, before.y + 1) in (select (organisation_code, y) from held)
group by all
