-- Requests for payment that were paid over those paid or rejected in the end.
with cases as (
    select
        min("time:timestamp" at time zone 'UTC') as started,
        count(*) filter (where "concept:name" = 'Payment Handled') > 0 as is_paid,
        last("concept:name" order by event_no) like '%REJECTED%' as is_rejected
    from bpi2020_payments.bpi2020_requestforpayment_events
    group by case_no
)

select
    'year' as grain, date_trunc('year', started) as period_start_date, count(*) filter (where is_paid) / count(*) as value
from cases
where is_paid or is_rejected
group by all
union all
select 'month', date_trunc('month', started), count(*) filter (where is_paid) / count(*)
from cases
where (is_paid or is_rejected) and year(started) = 2018
group by all
