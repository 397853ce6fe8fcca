-- A claim with a cost is paid and closed in full, one without is closed at zero, both on the day of the next renewal, or on the last
-- day of the year of loss of a French claim, whose payment has no date. A repeated claim number has the events of its first row.
with claims as (
    select distinct claim_number, settled_date, amount from dated_claims
    union all
    select 'F' || IDclaim, settled_date, cast(Payment as decimal(18, 2))
    from french_claims
    qualify row_number() over (partition by IDclaim order by OccurDate, IDpol) = 1
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
