-- IDs by the year of their start, or of their first renewal where that is earlier; by area as well; lives by the year of
-- their issue.
with policies as (
    select ID, least(min(Date_start_contract), min(Date_last_renewal)) as issued, arg_min(Area, Date_last_renewal) as area
    from segura_motor.policy_year
    group by ID
)

select
    'year' as grain, date_trunc('year', issued) as period_start_date,
    case when grouping(area) = 0 then if(area = 0, 'SEGURA_RURAL', 'SEGURA_URBAN') end as organisation_code, count(*) as value
from policies
where issued >= date '2013-01-01'
group by grouping sets ((date_trunc('year', issued)), (date_trunc('year', issued), area))
union all
select 'year', date_trunc('year', issued), 'USLIFE', count(*)
from american_lives
group by all
union all
select 'year', date_trunc('year', issued), 'EULINK', count(*)
from european_lives
group by all
