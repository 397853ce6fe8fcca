-- Requests for payment that were paid over those paid or rejected in the end.
with cases as (
    select
        cast(min("time:timestamp" at time zone 'UTC') as date) as started,
        count(*) filter (where "concept:name" = 'Payment Handled') > 0 as is_paid,
        last("concept:name" order by event_no) like '%REJECTED%' as is_rejected
    from bpi2020_payments.bpi2020_requestforpayment_events
    group by case_no
),

placed as (
    select 'year' as grain, date_trunc('year', started) as period_start_date, null as organisation_code, * from cases
    union all
    select 'year', date_trunc('year', started), 'TUE', * from cases
    union all
    select 'quarter', date_trunc('quarter', started), null, * from cases
    union all
    select 'month', date_trunc('month', started), null, * from cases where year(started) = 2018
    union all
    select 'day', started, null, * from cases where started between date '2018-03-01' and date '2018-03-31'
)

select grain, period_start_date, organisation_code, count(*) filter (where is_paid) / count(*) as value
from placed
where is_paid or is_rejected
group by all
