-- One claim per row, repeated rows included: they are for the loader to find.
select
    claim_number, policy_number, reported_date as loss_date, cast(reported_date as timestamp) as reported_at, reported_date,
    claim_type, claim_type = 'injuries' as is_injury, null::decimal(18, 2) as claimed_amount, 'phone' as report_method
from dated_claims
