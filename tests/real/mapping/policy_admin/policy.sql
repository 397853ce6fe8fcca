-- Spanish motor: one policy per ID, as in the first year seen. A policy is issued on Date_start_contract, or on its first renewal
-- where that is earlier (68 policies). The premium of years before 2015 is not known: the first premium seen stands for it. Payment
-- (annual or half-yearly) is not mapped: the source has the premium of a year and no instalments.
-- American life: the premium is standardised in the source (down to -1.07), so an instalment is one unit; there is no last payment.
-- European life: the single premium is the risk premium and the amount saved.
-- French motor: a year and no dates, so cover is the calendar year and the first year seen begins on its first day.
select
    'S' || ID as policy_number, 'S' || ID as customer_id,
    case Type_risk when 1 then 'MOTORBIKE' when 2 then 'VAN' when 3 then 'CAR' when 4 then 'AGRICULTURAL' end as product_code,
    case Area when 0 then 'SEGURA_RURAL' when 1 then 'SEGURA_URBAN' end as organisation_code,
    case Distribution_channel when 0 then 'AGENT' when 1 then 'BROKER' end as channel_code,
    null::varchar as intermediary_code, null::varchar as employee_code,
    least(Date_start_contract, Date_last_renewal) as application_date,
    cast(least(Date_start_contract, Date_last_renewal) as timestamp) as issued_at,
    least(Date_start_contract, Date_last_renewal) as issue_date,
    case when policy_year_number = 1 then Date_last_renewal else Date_start_contract end as effective_date,
    case when policy_year_number = 1 then Date_next_renewal - 1
        else cast(Date_start_contract + interval 1 year as date) - 1 end as expiry_date,
    'annual' as payment_frequency,
    1 as payment_term_years, 1 as coverage_term_years,
    cast(Premium as decimal(18, 2)) as premium_amount,
    cast(Value_vehicle as decimal(18, 2)) as sum_insured_amount,
    cast(date_diff('year', Date_birth, Date_start_contract) as integer) as applicant_age,
    false as is_electronic, null::date as free_look_end_date
from numbered_policy_years
where seen_number = 1
union all
select
    policy_number, policy_number, 'WHOLE_LIFE', 'USLIFE', 'AGENT', null, null, issue_date, cast(issue_date as timestamp), issue_date,
    issue_date, null, 'annual', 100, null, 1.00, null, null, false, null
from whole_life_policies
union all
select
    policy_number, policy_number, 'UNIT_LINKED', 'EULINK', 'NOT_SAID', null, null, issue_date, cast(issue_date as timestamp), issue_date,
    issue_date, null, 'single', 0, null, risk_amount + saving_amount, face_amount, age, false, null
from unit_linked_policies
union all
select
    'F' || IDpol, 'F' || IDpol, 'FRENCH_CAR', 'FREMOTOR', 'NOT_SAID', null, null, make_date(cover_year, 1, 1),
    cast(make_date(cover_year, 1, 1) as timestamp), make_date(cover_year, 1, 1), make_date(cover_year, 1, 1),
    make_date(cover_year, 12, 31), 'annual', 1, 1, premium, null, driver_age, false, null
from french_policy_years
where seen_number = 1
