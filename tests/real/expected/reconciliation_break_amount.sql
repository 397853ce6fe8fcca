-- No bank statement came with the cases: all that was paid, of both kinds, is not on one.
with cases as (
    select
        cast(any_value(cases."case:Amount") as decimal(18, 2)) as amount, min(events."time:timestamp" at time zone 'UTC') as started
    from bpi2020_payments.bpi2020_domesticdeclarations_events as events
    join bpi2020_payments.bpi2020_domesticdeclarations_cases as cases on events.case_no = cases.case_no
    group by events.case_no
    having bool_or(events."concept:name" = 'Payment Handled')
    union all
    select cast(any_value(cases."case:RequestedAmount") as decimal(18, 2)), min(events."time:timestamp" at time zone 'UTC')
    from bpi2020_payments.bpi2020_requestforpayment_events as events
    join bpi2020_payments.bpi2020_requestforpayment_cases as cases on events.case_no = cases.case_no
    group by events.case_no
    having bool_or(events."concept:name" = 'Payment Handled')
)

select 'year' as grain, date_trunc('year', started) as period_start_date, sum(amount) as value
from cases
group by all
