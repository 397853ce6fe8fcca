-- Claims that cost anything in terms begun in the year over these terms, divided by the share of their premium that is earned: all but
-- what lies after a dated lapse. A renewed term is taken to be as long as the first, which in leap years it is not: with its own days
-- the value of 2016 were 0.018 % less. Of the French only the claims of years with a premium; the premium of both is earned whole.
with terms as (
    select
        *, year(term_start) as year_number, lapsed - term_start as days_to_lapse,
        first_value(term_end - term_start) over (partition by ID order by term_start) as days
    from spanish_terms
),

written as (
    select
        year_number, count(*) as terms, sum(premium) as premium,
        sum(cast(premium * if(days_to_lapse between 0 and days - 1, days_to_lapse, days) / days as decimal(18, 2))) as earned
    from terms
    group by year_number
),

claimed as (
    select year(reported) as year_number, count(*) as claims from spanish_claims where Cost_claims_by_type > 0 group by all
)

select
    'year' as grain, make_date(year_number, 1, 1) as period_start_date, null as organisation_code,
    claims / terms / (earned / premium) as value
from written
join claimed using (year_number)
where year_number in (2016, 2017)
union all
select 'year', make_date(year_number, 1, 1), 'FREMOTOR', count(IDclaim) / count(distinct french_years.IDpol)
from french_years
left join french_claims
    on french_years.IDpol = french_claims.IDpol and year(OccurDate) = year_number and Payment > 0
group by all
