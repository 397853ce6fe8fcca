-- 业务交付能力提升率: points per person-month of the year over those of the year before, less one.
-- combine: growth
select
    'year' as grain,
    make_date(years.year_number, 1, 1) as period_start_date,
    release.organisation_code,
    if(year(release.released_date) = years.year_number, release.delivered_point_count, null) as numerator,
    if(year(release.released_date) = years.year_number, release.person_month_count, null) as denominator,
    if(year(release.released_date) < years.year_number, release.delivered_point_count, null) as base_numerator,
    if(year(release.released_date) < years.year_number, release.person_month_count, null) as base_denominator
from (select distinct year(period_start_date)::integer as year_number from periods) as years
inner join raw.it.software_release as release on years.year_number - year(release.released_date) in (0, 1)
