-- There were no AI sessions in 1999: none of the contacts served was substituted.
with known as (
    select
        cast(strptime(date, '%y%m%d') as date) as called_on, cast(q_time as integer) as waited, cast(ser_time as integer) as served,
        ser_start <> '0:00:00' and outcome = 'AGENT' as is_answered
    from technion_calls.calls_1999_02_text
    -- phantom calls, and calls that hung up without having queued, asked for nobody
    where outcome = 'AGENT' or (outcome = 'HANG' and q_start <> '0:00:00')
),

periods as (
    select 'month' as grain, date_trunc('month', called_on) as period_start_date, * from known
    union all
    select 'day', called_on, * from known where day(called_on) <= 7
)

select grain, period_start_date, 0 as value
from periods
where true
group by all
