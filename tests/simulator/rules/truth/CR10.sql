select commission_number, 'red'
from commission
inner join policy using (policy_number)
inner join commission_cap using (channel_code, product_code, payment_term_years)
where paid_date between valid_from_date and coalesce(valid_to_date, date '9999-12-31')
    and commission_amount > round(commission.premium_amount * cap_ratio, 2)
