-- One claim per row, repeated rows and claim numbers included: they are for the loader to find. A French claim has a date of loss
-- and no report: it counts as reported on that day.
select
    claim_number, policy_number, reported_date as loss_date, cast(reported_date as timestamp) as reported_at, reported_date,
    claim_type, claim_type = 'injuries' as is_injury, null::decimal(18, 2) as claimed_amount, 'phone' as report_method
from dated_claims
union all
select
    'F' || IDclaim, 'F' || IDpol, OccurDate, cast(OccurDate as timestamp), OccurDate, lower(Guarantee), false, null, 'phone'
from french_claims
