-- IDs by the year of their start, or of their first renewal where that is earlier, over the minutes of the days on which any began.
with policies as (
    select least(min(Date_start_contract), min(Date_last_renewal)) as issued from segura_motor.policy_year group by ID
)

select
    'year' as grain, date_trunc('year', issued) as period_start_date, count(*) / (1440 * count(distinct issued)) as value
from policies
where issued >= date '2013-01-01'
group by all
