-- Motor: one payment per policy year, received whole on the day the year begins: the sources have no instalments.
-- American life: one unit on every anniversary of a policy that is still in force when the 60 days of grace are over; whether one
-- that ended within them had paid is not said.
select
    'S' || ID || '-' || seen_number as payment_number, 'S' || ID as policy_number,
    cast(policy_year_number as integer) as policy_year, Date_last_renewal as due_date, Date_last_renewal as accounting_date,
    cast(Premium as decimal(18, 2)) as premium_amount, null::decimal(18, 2) as account_value_amount, 'transfer' as payment_method
from numbered_policy_years
union all
select
    policy_number || '-' || year_number, policy_number, year_number, cast(issue_date + to_years(year_number - 1) as date),
    cast(issue_date + to_years(year_number - 1) as date), 1.00, null, 'transfer'
from whole_life_policies
cross join (select cast(unnest(range(1, 17)) as integer) as year_number)
where year_number = 1 or issue_date + to_years(year_number - 1) + to_days(60) < termination_date
union all
select policy_number || '-1', policy_number, 1, issue_date, issue_date, risk_amount + saving_amount, saving_amount, 'transfer'
from unit_linked_policies
union all
select
    'F' || IDpol || '-' || cover_year, 'F' || IDpol, cast(seen_number as integer), make_date(cover_year, 1, 1),
    make_date(cover_year, 1, 1), premium, null, 'transfer'
from french_policy_years
