with weekdays as (
    select unnest(generate_series(date '2009-01-01', as_of(), interval 1 day))::date as day
),
waited as (
    select case_number, any_value(reported_date) as reported_date, count(day) filter (isodow(day) <= 5) as days
    from criminal_case left join weekdays on day > known_date and day <= coalesce(reported_date, as_of())
    group by case_number
)
select case_number, case when involved_amount >= 100000000
    or (exposure_amount >= 50000000 and exposure_amount >= 0.10 * net_asset_amount)
    then 'red' else 'yellow' end
from criminal_case inner join waited using (case_number)
where days > 5 or (waited.reported_date is null and days = 5)
    or involved_amount >= 100000000 or (exposure_amount >= 50000000 and exposure_amount >= 0.10 * net_asset_amount)
