select distinct policy_number, 'red'
from complaint inner join self_policy using (policy_number) inner join commission using (policy_number)
where reason_code = 'full_refund' and received_date between paid_date and paid_date + 90 and policy_year = 1
