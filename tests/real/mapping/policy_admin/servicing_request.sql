-- Spanish motor: every policy year seen after the first of the policy is a renewal to the day before the next one. A dated lapse
-- ends the policy on its date, also where that lies before the last renewal (404 policies). Lapse is a count of the customer's
-- policies, 0 to 7: without a date (2,376 policy years) it says nothing of this policy and becomes no request.
-- Life: surrenders and deaths as they are, without the amount returned; a cause 'other' ends the policy as a lapse does. A request
-- is applied for and approved on the day the policy ends, the only one said.
select
    'S' || ID || '-R' || seen_number as request_number, 'S' || ID as policy_number, 'renewal' as servicing_type,
    'completed' as request_status, Date_last_renewal as applied_date, Date_last_renewal as completed_date,
    Date_next_renewal - 1 as new_expiry_date, null::decimal(18, 2) as refund_amount
from numbered_policy_years
where policy_year_number > 1
union all
select distinct
    'S' || ID || '-L', 'S' || ID, 'lapse', 'completed', Date_lapse, Date_lapse, null::date, null::decimal(18, 2)
from policy_years
where Date_lapse is not null
union all
select
    policy_number || '-E', policy_number,
    case termination_cause when 'surrender' then 'surrender' when 'death' then 'death_claim_termination' else 'lapse' end,
    'completed', termination_date, termination_date, null, null
from whole_life_policies
where termination_cause <> 'in-force'
union all
select
    policy_number || '-E', policy_number, case lapse_reason when 'Surrender' then 'surrender' else 'death_claim_termination' end,
    'completed', termination_date, termination_date, null, null
from unit_linked_policies
where lapse_reason <> 'In force'
union all
select
    'F' || IDpol || '-R', 'F' || IDpol, 'renewal', 'completed', make_date(cover_year, 1, 1), make_date(cover_year, 1, 1),
    make_date(cover_year, 12, 31), null
from french_policy_years
where seen_number > 1
