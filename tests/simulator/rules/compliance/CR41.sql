with weekdays as (
    select unnest(generate_series(date '2009-01-01', as_of(), interval 1 day))::date as day
),
dwell as (
    select contract_number, count(*) - coalesce(any_value(returned_days), 0) as days
    from contract inner join weekdays on day > submitted_date and day <= coalesce(approved_date, as_of())
    where isodow(day) <= 5 group by contract_number
),
findings as (
    select contract_number, if(days > 10, 2, 1) as level from dwell where days > 5
    union all
    select contract_number, 2 from contract where first_performance_date < effective_date
    union all
    select contract_number, 2 from contract_milestone where coalesce(done_date, as_of()) - due_date > 30
)
select contract_number, if(max(level) = 2, 'red', 'yellow') from findings group by contract_number
