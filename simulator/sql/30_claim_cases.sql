-- What is planted for the claim risk points: policies of their own with claims whose one trait makes a rule fire or stay silent.
-- A case has `members` claims, `apart` days from one to the next; lines: M motor, A accident, H medical. Cases from 9000 are
-- claims that published figures speak of and belong to no rule.
create table world.fraud_claim as
with cases(case_number, line, members, days_ago, apart, held_days, lag_hours, claimed_amount, one_policy) as (
    values
    (101, 'M', 1, 100, 0, 120, 2, 2600, false), (102, 'M', 1, 131, 0, 120, 2, 3100, false), (103, 'M', 1, 150, 0, 120, 2, 2800, false),
    (104, 'M', 1, 171, 0, 120, 2, 2900, false), (105, 'M', 1, 190, 0, 120, 2, 9200, false), (201, 'M', 1, 93, 0, 100, 3, 3300, false),
    (202, 'M', 1, 113, 0, 100, 3, 3400, false), (203, 'M', 1, 133, 0, 100, 3, 2500, false), (204, 'M', 1, 153, 0, 100, 3, 2450, false),
    (301, 'M', 1, 88, 0, 7, 2, 4100, false), (302, 'M', 1, 98, 0, 8, 2, 4200, false), (303, 'A', 1, 108, 0, 30, 20, 1050, false),
    (304, 'A', 1, 118, 0, 31, 20, 1080, false), (305, 'H', 1, 128, 0, 60, 40, 5200, false), (306, 'H', 1, 138, 0, 61, 40, 5300, false),
    (401, 'M', 1, 95, 0, 357, 2, 2200, false), (402, 'M', 1, 105, 0, 356, 2, 2300, false), (403, 'M', 2, 215, 120, 240, 2, 2100, true),
    (501, 'M', 1, 115, 0, 90, 49, 1900, false), (502, 'M', 1, 125, 0, 90, 48, 1950, false), (503, 'M', 1, 135, 0, 90, 60, 2050, false),
    (504, 'A', 1, 145, 0, 90, 241, 555, false), (505, 'A', 1, 155, 0, 90, 240, 525, false),
    (601, 'M', 3, 280, 90, 20, 2, 2400, true), (602, 'M', 2, 200, 60, 60, 2, 2350, true), (604, 'M', 2, 220, 60, 60, 2, 2150, true), (701, 'M', 1, 92, 0, 80, 2, 3900, false), (702, 'M', 1, 102, 0, 80, 2, 3800, false),
    (703, 'M', 2, 230, 110, 60, 2, 3700, true), (704, 'M', 2, 235, 110, 60, 2, 3650, true), (801, 'M', 1, 84, 0, 70, 2, 2750, false),
    (802, 'M', 1, 94, 0, 70, 2, 2650, false), (803, 'M', 1, 104, 0, 70, 2, 2550, false), (804, 'M', 1, 114, 0, 70, 2, 2850, false),
    (901, 'M', 1, 86, 0, 110, 2, 38000, false), (902, 'M', 1, 96, 0, 110, 2, 37000, false), (903, 'M', 1, 106, 0, 110, 2, 36000, false),
    (904, 'M', 1, 116, 0, 110, 2, 35000, false), (905, 'M', 1, 126, 0, 110, 2, 34000, false),
    (1001, 'M', 5, 150, 6, 130, 3, 4500, false), (1002, 'M', 5, 250, 8, 130, 3, 4600, false), (1003, 'M', 3, 140, 20, 95, 3, 3050, false),
    (1004, 'M', 2, 160, 20, 95, 3, 3060, false), (1101, 'A', 3, 170, 45, 100, 30, 810, false), (1102, 'A', 3, 190, 46, 100, 30, 813, false),
    (1103, 'A', 3, 175, 20, 100, 30, 816, false), (1201, 'A', 1, 110, 0, 85, 30, 2640, false), (1202, 'A', 3, 200, 30, 85, 30, 1980, false),
    (1203, 'M', 1, 120, 0, 85, 3, 6500, false), (1204, 'A', 2, 180, 10, 85, 30, 1920, false), (1205, 'A', 3, 230, 48, 85, 30, 1890, false),
    (1301, 'A', 1, 87, 0, 6, 20, 2160, false), (1302, 'M', 1, 97, 0, 40, 3, 5900, false), (1303, 'M', 1, 107, 0, 0, 3, 5800, false),
    (1304, 'M', 1, 117, 0, 0, 9, 5700, false), (1305, 'A', 1, 127, 0, 0, 20, 2130, false),
    (1401, 'H', 1, 89, 0, 150, 60, 22000, false), (1402, 'H', 1, 99, 0, 150, 60, 21000, false), (1403, 'H', 1, 109, 0, 150, 60, 20000, false),
    (1404, 'H', 1, 119, 0, 150, 60, 19000, false), (1405, 'H', 1, 129, 0, 150, 60, 18000, false), (1501, 'A', 1, 91, 0, 75, 40, 1440, false),
    (1502, 'A', 1, 101, 0, 75, 40, 1410, false), (1503, 'A', 1, 111, 0, 75, 40, 1395, false), (1504, 'A', 1, 121, 0, 75, 40, 1365, false),
    (1601, 'A', 1, 130, 0, 78, 640, 2970, false), (1602, 'A', 1, 141, 0, 78, 640, 2940, false), (1603, 'A', 1, 151, 0, 78, 640, 4650, false),
    (1604, 'A', 1, 161, 0, 78, 50, 2910, false), (1701, 'A', 1, 148, 0, 105, 50, 903, false), (1702, 'A', 1, 158, 0, 105, 50, 906, false),
    (1703, 'A', 1, 168, 0, 105, 50, 909, false), (1704, 'A', 1, 178, 0, 105, 50, 912, false), (1801, 'A', 1, 188, 0, 105, 50, 897, false),
    (1802, 'A', 1, 198, 0, 105, 50, 894, false), (1803, 'A', 1, 208, 0, 105, 50, 891, false), (1804, 'A', 1, 218, 0, 105, 50, 888, false),
    (1901, 'H', 1, 139, 0, 140, 60, 12500, false), (1902, 'H', 1, 149, 0, 140, 60, 12400, false), (1903, 'H', 1, 159, 0, 140, 60, 12300, false),
    (2001, 'A', 9, 160, 3, 125, 30, 960, false), (2002, 'A', 7, 240, 4, 125, 30, 945, false),
    (2201, 'H', 2, 137, 25, 145, 60, 6900, false), (2202, 'H', 1, 147, 0, 145, 60, 6800, false), (2203, 'H', 2, 157, 25, 145, 60, 6700, false),
    (2204, 'H', 2, 167, 25, 145, 60, 6650, false), (2301, 'H', 1, 177, 0, 155, 60, 16000, false), (2302, 'H', 1, 187, 0, 155, 60, 15900, false),
    (2401, 'A', 6, 290, 38, 130, 30, 2280, false), (2402, 'A', 5, 260, 35, 130, 30, 2250, false), (2403, 'A', 6, 300, 38, 130, 30, 2220, false),
    (2404, 'A', 4, 220, 35, 130, 30, 2190, false), (2501, 'A', 3, 200, 20, 66, 30, 601, false), (2502, 'A', 3, 210, 20, 66, 30, 600, false),
    (2503, 'A', 2, 205, 20, 66, 30, 2000, false), (2601, 'M', 1, 90, 0, 88, 3, 8700, false), (2602, 'M', 1, 99, 0, 88, 3, 8600, false),
    (2603, 'M', 1, 109, 0, 88, 3, 8500, false), (2701, 'M', 1, 119, 0, 88, 3, 1100, false), (2702, 'M', 1, 129, 0, 88, 3, 1000, false),
    (2703, 'M', 1, 139, 0, 88, 3, 1100.01, false), (2704, 'M', 1, 149, 0, 88, 3, 999.99, false),
    (2801, 'A', 3, 130, 15, 97, 30, 640, false), (2802, 'A', 3, 180, 15.5, 97, 30, 630, false), (2803, 'A', 3, 240, 10, 97, 30, 620, false)
),

-- Rule FR21: a town's insured and how many of them claim within 60 days; 7 of 20 fire, 6 of 20 are exactly 30 %.
towns(case_number, insured, claimants, days_ago) as (
    values (2101, 20, 7, 240), (2102, 19, 8, 300), (2103, 20, 6, 340)
),

members as (
    select *, unnest(range(members)) as member from cases
),

claims as (
    select
        case_number, member, case when one_policy then 0 else member end as policy_member, line, as_of() - (days_ago - ceil(apart * member))::integer as loss_date,
        case when one_policy then held_days + ceil(apart * member) else held_days end::integer as held_days, lag_hours, claimed_amount, null as organisation_code
    from members
    union all
    select case_number, member, member, 'A', as_of() - (days_ago - 36 - member)::integer, (35 + member - member % 10)::integer, 30, 520 + 40 * member, null
    from (select *, unnest(range(insured)) as member from towns)
    where member < claimants
    union all
    select case_number, 0, 0, 'M', loss_date, 100, 0, 2000, null
    from (values (9001, date '2017-02-13'), (9002, date '2017-08-22')) as famous(case_number, loss_date)
    union all
    -- Xiamen has claims in both years even in the smallest group.
    select 9010 + position, 0, 0, 'M', loss_date, 100, 5, 2600 + 400 * position, organisation.organisation_code
    from (values (1, date '2016-03-09'), (2, date '2016-07-14'), (3, date '2017-04-11'), (4, date '2017-08-02')) as slots(position, loss_date)
    cross join (select min(organisation_code) as organisation_code from world.organisation where organisation_code like 'PROP%\_XM' escape '\') as organisation
    where organisation.organisation_code is not null
)

select
    *,
    80000000 + case_number * 100 + policy_member as policy_id,
    (80000000 + case_number * 100 + policy_member) * 5 + case when member <> policy_member then member else 0 end as claim_id
from claims
where loss_date - held_days - 1 >= first_day();

-- Their policies, the town's insured that never claim included.
create table world.fraud_policy as
with wanted as (
    select policy_id, min(case_number) as case_number, min(policy_member) as member, min(line) as line, min(loss_date - held_days) as effective_date,
        min(organisation_code) as organisation_code
    from world.fraud_claim
    group by policy_id
    union all
    select 80000000 + case_number * 100 + member, case_number, member, 'A', as_of() - (days_ago - 1 - member % 10)::integer, null
    from (
        select case_number, days_ago, unnest(range(claimants, insured)) as member
        from (values (2101, 20, 7, 240), (2102, 19, 8, 300), (2103, 20, 6, 340)) as towns(case_number, insured, claimants, days_ago)
    )
),

-- Policies that lend what does not matter: holder, branch, form.
templates as (
    select
        policy.policy_id as template_id,
        case when product_line = 'motor' then 'M' when product_line = 'accident' then 'A' else 'H' end as line,
        row_number() over (partition by product_line order by policy_id) as position,
        count(*) over (partition by product_line) as positions
    from world.policy
    where product_line in ('motor', 'accident', 'health') and not is_long_term and not is_micro and not is_planted and payment_frequency = 'single'
        and is_electronic and intermediary_code is null and person_id < 50000000 and coverage_term_years = 1
),

numbered as (
    select *, row_number() over (partition by line order by policy_id) as position from wanted
)

select
    numbered.policy_id,
    numbered.case_number,
    numbered.member,
    numbered.line,
    numbered.effective_date,
    numbered.organisation_code,
    templates.template_id,
    case when numbered.case_number = 2501 then 1 when numbered.case_number = 2502 then 2 when numbered.case_number = 2503 then 3 end as agent_number
from numbered
inner join templates on templates.line = numbered.line and templates.position = 1 + numbered.position % templates.positions;

-- Three agents who sell nothing but the policies of rule FR25.
create table world.fraud_agent as
select row_number() over (order by employee_id) as agent_number, employee_id as template_id, 900 + row_number() over (order by employee_id) as employee_id
from world.employee
where employee_type = 'agent' and left_date is null and hired_date < first_day() and channel_code = 'AGENCY'
qualify agent_number <= 3;

insert into world.employee by name
select employee.* replace (
    fraud_agent.employee_id as employee_id,
    'E' || lpad(fraud_agent.employee_id::varchar, 5, '0') as employee_code,
    surname('employee_surname', fraud_agent.employee_id) || given_name('employee_given', fraud_agent.employee_id) as employee_name,
    identity_number('9902' || lpad(fraud_agent.employee_id::varchar, 2, '0')[-2:] || '19820615' || fraud_agent.employee_id::varchar) as id_number,
    mobile('104', fraud_agent.employee_id) as mobile_number,
    false as is_suspended
)
from world.fraud_agent
inner join world.employee on employee.employee_id = fraud_agent.template_id;
