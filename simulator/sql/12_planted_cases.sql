-- What is planted for the compliance rules: people, and policies with the one thing that makes a rule fire or stay silent.
-- Days are counted back from the as-of day; rule CR01 lies with the licences, CR27 with the complaints.
create table world.planted_policy as
with single_cases as (
    from (
        values
        (101, 101, 40, 'LIFE_ENDOW', 'BANC', 'LIFE_BJ', 20, 'annual', 5, 8000.00, 'transfer', 'none', null),
        (102, 102, 45, 'ANNUITY_PENSION', 'BANC', 'LIFE_GD', 24, 'annual', 5, 9000.00, 'card', 'failed', null),
        (103, 103, 50, 'LIFE_UNIVERSAL', 'BANC', 'LIFE_SH', 6, 'annual', 10, 12000.00, 'transfer', 'pending', null),
        (104, 104, 60, 'LIFE_WHOLE', 'AGENCY', 'LIFE_SX', 33, 'annual', 10, 7000.00, 'card', 'none', null),
        (105, 105, 59, 'LIFE_WHOLE', 'AGENCY', 'LIFE_SX', 33, 'annual', 10, 7100.00, 'card', 'none', null),
        (106, 106, 44, 'HEALTH_MEDICAL', 'BANC', 'LIFE_GD', 30, 'single', 0, 480.00, 'quick_pay', 'none', null),
        (107, 107, 38, 'LIFE_ENDOW', 'BANC', 'LIFE_BJ', 0, 'annual', 5, 8800.00, 'transfer', 'none', null),
        (108, 108, 52, 'LIFE_ENDOW', 'BANC', 'LIFE_SH', 45, 'annual', 10, 9900.00, 'card', 'failed_then_passed', null),
        (109, 109, 66, 'HEALTH_CRITICAL', 'ONLINE', 'LIFE_GD', 51, 'annual', 10, 12500.00, 'quick_pay', 'none', null),
        (110, 110, 35, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_BJ', 40, 'annual', 5, 11000.00, 'card', 'none', null),
        (201, 201, 41, 'ANNUITY_PENSION', 'BANC', 'LIFE_BJ', 80, 'annual', 5, 10000.00, 'transfer', null, 'at_cap'),
        (202, 202, 42, 'ANNUITY_PENSION', 'BANC', 'LIFE_BJ', 81, 'annual', 5, 10000.00, 'transfer', null, 'over_cap_by_fen'),
        (203, 203, 36, 'HEALTH_CRITICAL', 'BROKER', 'LIFE_SH', 95, 'annual', 20, 6000.00, 'card', null, 'over_cap'),
        (204, 204, 39, 'LIFE_ENDOW', 'AGENCY', 'LIFE_GD', 220, 'annual', 10, 8000.00, 'card', null, 'between_caps'),
        (205, 205, 47, 'LIFE_ENDOW', 'AGENCY', 'LIFE_GD', 190, 'annual', 10, 8000.00, 'card', null, 'between_caps'),
        (301, 301, 43, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_BJ', 12, 'single', 0, 50000.00, 'cash', null, null),
        (302, 302, 48, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_GD', 15, 'single', 0, 30000.00, 'cash', null, null),
        (302, 302, 48, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_GD', 15, 'single', 0, 25000.00, 'cash', null, null),
        (303, 303, 37, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SH', 17, 'single', 0, 49999.99, 'cash', null, null),
        (304, 304, 55, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SH', 18, 'single', 0, 80000.00, 'transfer', null, null),
        (305, 305, 46, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SX', 21, 'single', 0, 30000.00, 'cash', null, null),
        (305, 305, 46, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_SX', 20, 'single', 0, 25000.00, 'cash', null, null),
        (306, 306, 51, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_GD', 27, 'single', 0, 45000.00, 'cash', null, null),
        (306, 306, 51, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_GD', 25, 'single', 0, 45000.00, 'cash', null, null),
        (307, 307, 49, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_BJ', 29, 'single', 0, 47000.00, 'transfer', null, null),
        (307, 307, 49, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_BJ', 28, 'single', 0, 47000.00, 'transfer', null, null),
        (308, 308, 34, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SH', 31, 'single', 0, 24999.99, 'cash', null, null),
        (308, 308, 34, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_SH', 30, 'single', 0, 24999.99, 'cash', null, null),
        (309, 309, 53, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SX', 38, 'single', 0, 30000.00, 'cash', null, null),
        (309, 309, 53, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_SX', 33, 'single', 0, 25000.00, 'cash', null, null),
        (310, 310, 44, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_GD', 36, 'single', 0, 46000.00, 'cash', null, null),
        (310, 310, 44, 'LIFE_UNIVERSAL', 'AGENCY', 'LIFE_GD', 35, 'single', 0, 3000.00, 'cash', null, null),
        (312, 312, 40, 'ANNUITY_PENSION', 'AGENCY', 'LIFE_SH', 22, 'single', 0, 30000.00, 'cash', null, null)
    ) as cases(
        case_number, person_number, age, product_code, channel_code, organisation_code, days_ago, payment_frequency,
        payment_term_years, premium_amount, payment_method, recording, commission
    )
),

people_cases as (
    select
        numbers.case_number, numbers.case_number as person_number, 30 + numbers.case_number % 17 as age, 'ACCIDENT_YEAR', 'AGENCY',
        'LIFE_BJ', 60 + numbers.case_number % 30, 'single', 0, 120.00, 'quick_pay', null, null
    from (values (401), (402), (403), (411), (412), (413), (421), (422), (431), (441), (451), (461), (471), (472), (473)) as numbers(case_number)
),

-- Cohorts of rule CR29 in a channel and branch that sells nothing else: month back, policies, surrenders, day of surrender.
cohorts(case_number, months_ago, policies, surrenders, surrender_day, commission) as (
    values
    (2901, 3, 24, 6, 35, null), (2902, 6, 26, 4, 60, null), (2903, 4, 20, 3, 40, null), (2904, 5, 19, 5, 40, null),
    (2905, 7, 20, 5, 61, null), (2906, 8, 25, 6, 40, 'none')
),

cohort_members as (
    select *, unnest(range(policies)) as member from cohorts
),

everything as (
    select *, null::integer as surrender_day, null::date as issue_date from single_cases
    union all
    select *, null, null from people_cases
    union all
    select
        case_number, case_number * 100 + member, 28 + member, 'LIFE_WHOLE', 'BROKER', 'LIFE_SX', 0, 'annual', 10,
        6000.00 + 100 * member, 'card', null, commission, case when member < surrenders then surrender_day end,
        (date_trunc('month', as_of()) - to_months(months_ago::integer) + to_days((1 + member % 20)::integer))::date
    from cohort_members
)

select
    row_number() over (order by case_number, person_number, days_ago desc, product_code) as planted_number,
    case_number,
    90000000 + person_number as person_id,
    age,
    product_code,
    channel_code,
    organisation_code,
    coalesce(issue_date, as_of() - days_ago::integer) as issue_date,
    payment_frequency,
    payment_term_years,
    premium_amount::decimal(18, 2) as premium_amount,
    payment_method,
    recording,
    commission,
    surrender_day
from everything;

-- People of the planted cases. Case 104 turns 60 on the day of application, case 105 the day after.
insert into world.person
select
    person_id,
    (min(issue_date) - to_years(min(age)::integer + case min(case_number) when 105 then 1 else 0 end)
    - to_days(case when min(case_number) = 104 then 0 when min(case_number) = 105 then -1 else 100 end))::date as birth_date,
    case when person_id % 2 = 0 then 'female' else 'male' end as gender,
    case when min(case_number) in (411, 412, 413) then 90000411 when min(case_number) in (471, 472) then 90000471 end as household,
    true as in_life,
    min(case_number) = 451 as in_property,
    min(case_number) in (312, 451) as in_account,
    min(case_number) in (411, 412, 413) as shares_mobile,
    true as is_planted
from world.planted_policy
group by person_id;

-- People known to the account company only: cash at its counters (cases 311 and 313).
insert into world.person
select 90000000 + case_number, date '1980-05-17' + case_number, 'female', null, false, false, true, false, true
from (values (311), (313)) as cases(case_number);

-- Mobile numbers and identities that rule CR19 looks at: whose number a planted person gave.
create table world.borrowed_mobile as
with agents as (
    select employee_id, row_number() over (order by employee_id) as position
    from world.employee
    where employee_type = 'agent' and left_date is null and hired_date < first_day()
),

office as (
    select min(employee_id) as employee_id from world.employee where employee_type = 'office'
)

select
    90000000 + cases.case_number as person_id,
    case
        when cases.lender = 'agent' then mobile('104', (select employee_id from agents where position = cases.lender_number))
        when cases.lender = 'office' then mobile('104', (select employee_id from office))
        else mobile('102', 90000000 + cases.lender_number)
    end as mobile_number,
    case when cases.case_number = 441 then (select employee_id from agents where position = cases.lender_number) end as same_person_employee_id
from (
    values
    (401, 'person', 401), (402, 'person', 401), (403, 'person', 401), (421, 'person', 421), (422, 'person', 421),
    (431, 'agent', 3), (441, 'agent', 5), (461, 'office', 0), (471, 'person', 471), (472, 'person', 471), (473, 'person', 471)
) as cases(case_number, lender, lender_number);
