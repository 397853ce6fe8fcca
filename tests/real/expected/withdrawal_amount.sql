-- Amount of the declarations with the event 'Payment Handled', by the date (UTC) of their first event.
with cases as (
    select
        cast(any_value(cases."case:Amount") as decimal(18, 2)) as amount, min(events."time:timestamp" at time zone 'UTC') as started
    from bpi2020_payments.bpi2020_domesticdeclarations_events as events
    join bpi2020_payments.bpi2020_domesticdeclarations_cases as cases on events.case_no = cases.case_no
    group by events.case_no
    having bool_or(events."concept:name" = 'Payment Handled')
)

select 'year' as grain, date_trunc('year', started) as period_start_date, null as organisation_code, sum(amount) as value
from cases
group by all
union all
select 'year', date_trunc('year', started), 'TUE', sum(amount)
from cases
group by all
union all
select 'quarter', date_trunc('quarter', started), null, sum(amount)
from cases
group by all
union all
select 'month', date_trunc('month', started), null, sum(amount)
from cases
where year(started) = 2018
group by all
