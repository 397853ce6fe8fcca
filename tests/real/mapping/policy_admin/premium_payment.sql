-- One payment per policy year, received whole on the day the year begins: the source has no instalments.
select
    'S' || ID || '-' || seen_number as payment_number, 'S' || ID as policy_number,
    cast(policy_year_number as integer) as policy_year, Date_last_renewal as due_date, Date_last_renewal as accounting_date,
    cast(Premium as decimal(18, 2)) as premium_amount, null::decimal(18, 2) as account_value_amount, 'transfer' as payment_method
from numbered_policy_years
