-- A claim with a cost is paid and closed in full, one without is closed at zero, both on the day of the next renewal.
with claims as (
    select distinct * from dated_claims
)

select
    claim_number || '-paid' as event_number, claim_number, 'paid' as stage, cast(settled_date as timestamp) as occurred_at,
    settled_date as event_date, amount, null::varchar as conclusion, false as is_automatic
from claims
where amount > 0
union all
select
    claim_number || '-closed', claim_number, 'closed', cast(settled_date as timestamp), settled_date, null::decimal(18, 2),
    case when amount > 0 then 'full' else 'zero' end, false
from claims
