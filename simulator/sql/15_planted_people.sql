-- The planted sales join the other planted policies; who the people are, and who else stands on their policies.
alter table world.planted_policy add column agent_number integer;
alter table world.planted_policy add column intermediary_code varchar;
alter table world.planted_policy add column second_premium varchar;

insert into world.planted_policy by name
select
    (select max(planted_number) from world.planted_policy)
    + row_number() over (order by case_number, person_number, issue_date, product_code, premium_amount) as planted_number,
    case_number,
    90000000 + person_number as person_id,
    age,
    product_code,
    channel_code,
    organisation_code,
    issue_date::date as issue_date,
    payment_frequency,
    payment_term_years,
    premium_amount::decimal(18, 2) as premium_amount,
    payment_method,
    recording,
    commission,
    surrender_day,
    agent_number,
    intermediary_code,
    second_premium
from world.planted_sale;

insert into world.person by name
select
    person_id,
    (min(issue_date) - to_years(min(age)::integer) - interval 100 day)::date as birth_date,
    case when person_id % 2 = 0 then 'female' else 'male' end as gender,
    null as household,
    true as in_life,
    false as in_property,
    false as in_account,
    false as shares_mobile,
    true as is_planted
from world.planted_policy
where case_number in (select case_number from world.planted_sale)
group by person_id;

-- Policyholders who are salespersons themselves (rules CR15 to CR18 and CR30): their own number, name and identity.
create table world.planted_holder as
select
    90000000 + holders.person_number as person_id,
    coalesce(employee.employee_id, office.employee_id) as employee_id
from (
    values (15001, 8), (16001, 9), (16002, 10), (16003, null), (16004, 11), (17001, 12), (17002, 13), (18001, 14), (18002, 15), (30001, 16)
) as holders(person_number, agent_number)
left join world.employee on employee.employee_id = 90000 + holders.agent_number
left join (select min(employee_id) + 1 as employee_id from world.employee where employee_type = 'office') as office on holders.agent_number is null;

insert into world.borrowed_mobile by name
select person_id, mobile('104', employee_id) as mobile_number, employee_id as same_person_employee_id
from world.planted_holder;

-- Relatives of salespersons among the customers; a sister is no relative in the sense of the rule.
create table world.planted_relative as
select 90000000 + person_number as person_id, 'E' || (90000 + agent_number)::varchar as employee_code, relation
from (values (15002, 8, 'spouse'), (15003, 8, 'sibling')) as relatives(person_number, agent_number, relation);

-- Insured persons and beneficiaries that make a stranger's policy a self policy or a mutual policy: 15004 covers the child of
-- the salesperson, 15005 pays to the salesperson's mother, 16005 covers a colleague of the same province.
create table world.planted_party as
with parties as (
    from (
        values
        (15004, 'insured', null, 8, 'child', date '2009-05-14', 3), (15005, 'beneficiary', null, 8, 'parent', date '1949-10-02', 4),
        (16005, 'insured', 9, null, null, null, null)
    ) as cases(case_number, role, agent_number, related_agent_number, relation, birth_date, serial)
)

select
    parties.case_number,
    planted_policy.planted_number,
    90000000 + planted_policy.planted_number as policy_id,
    parties.role,
    95000000 + parties.case_number as person_id,
    employee.employee_code,
    'E' || (90000 + parties.related_agent_number)::varchar as related_employee_code,
    parties.relation,
    coalesce(employee.employee_name, surname('surname', 95000000 + parties.case_number) || given_name('given', 95000000 + parties.case_number)) as party_name,
    coalesce(employee.id_number, identity_number('990499' || strftime(parties.birth_date, '%Y%m%d') || lpad(parties.serial::varchar, 3, '0'))) as id_number
from parties
inner join world.planted_policy on planted_policy.case_number = parties.case_number
left join world.employee on employee.employee_id = 90000 + parties.agent_number;
