-- No bank statement came with the cases: nothing is matched in the years in which something was paid.
select distinct 'year' as grain, date_trunc('year', "time:timestamp" at time zone 'UTC') as period_start_date, 0 as value
from bpi2020_payments.bpi2020_requestforpayment_events
where "concept:name" = 'Request For Payment SUBMITTED by EMPLOYEE' and event_no = 0 and year("time:timestamp") < 2019
