select commission_number, 'yellow'
from commission inner join policy using (policy_number)
inner join (values (3, 0.09), (5, 0.14), (10, 0.18)) as levels(payment_term_years, highest) using (payment_term_years)
where channel_code = 'BANC' and commission_amount > round(commission.premium_amount * highest, 2)
