-- Every call. Dates have two-digit years (1999). Customer 0 is unknown. A clock time of 0:00:00 did not happen: without a queue
-- start a hung-up call stayed in the voice menu and asked for nobody; without a service start nobody answered. A phantom call
-- is the switch's own record and asks for nobody about nothing. The type of service asked for is the matter of the call.
with timed as (
    select
        *, strptime('19' || date, '%Y%m%d')::date as call_date,
        outcome = 'AGENT' or (outcome = 'HANG' and q_start <> '0:00:00') as is_requested,
        outcome = 'AGENT' and ser_start <> '0:00:00' as is_answered
    from calls
)

select
    "vru+line" || '-' || call_id as contact_number, 'call' as contact_type, nullif(customer_id, '0') as customer_id,
    'BANK' as organisation_code, 'phone' as platform, type as queue_code, case when outcome <> 'PHANTOM' then lower(type) end as intent,
    call_date + cast(lpad(vru_entry, 8, '0') as time) as started_at, call_date as contact_date,
    is_requested as is_human_requested, is_answered as is_human_answered,
    case when is_requested then cast(q_time as integer) end as wait_seconds,
    case when is_answered then cast(ser_time as integer) end as talk_seconds,
    null::integer as hold_seconds, null::integer as wrap_up_seconds,
    case when is_answered then nullif(server, 'NO_SERVER') end as employee_code,
    false as is_transferred_to_human, null::integer as satisfaction_score
from timed
