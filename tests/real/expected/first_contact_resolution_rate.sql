-- Calls of known customers, phantom calls left out, after which the customer did not call again within 72 hours for the same type of
-- service, over all of them. The source ends with the month, so that nobody comes back after its last days.
with known as (
    select customer_id, type, strptime('19' || date || ' ' || lpad(vru_entry, 8, '0'), '%Y%m%d %H:%M:%S') as called_at
    from technion_calls.calls_1999_02_text
    where customer_id <> '0' and outcome <> 'PHANTOM'
),

followed as (
    select *, lead(called_at) over (partition by customer_id, type order by called_at) as next_called_at
    from known
),

placed as (
    select 'month' as grain, date_trunc('month', called_at) as period_start_date, * from followed
    union all
    select 'quarter', date_trunc('quarter', called_at), * from followed
    union all
    select 'year', date_trunc('year', called_at), * from followed
    union all
    select 'day', date_trunc('day', called_at), * from followed where day(called_at) <= 7
)

select grain, period_start_date, 1 - count_if(next_called_at - called_at <= interval 72 hours) / count(*) as value
from placed
group by all
