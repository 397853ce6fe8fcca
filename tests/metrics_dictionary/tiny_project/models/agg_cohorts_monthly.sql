select
    cast(cohort_month as date) as cohort_month,
    organisation_code,
    cast(kept_amount as decimal(18, 2)) as kept_amount,
    cast(due_amount as decimal(18, 2)) as due_amount
from (values
    ('2022-10-01', 'LIFE_BJ', '80.00', '100.00'),
    ('2022-11-01', 'LIFE_BJ', '45.00', '60.00'),
    ('2022-12-01', 'LIFE_BJ', '0.00', '0.00')
) as cohorts (cohort_month, organisation_code, kept_amount, due_amount)
