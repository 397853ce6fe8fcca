-- Agents and agencies of the planted cases. They sell nothing but what is planted, so that their cases stay what they are.
create table world.planted_agent as
select
    number as agent_number,
    'E' || (90000 + number)::varchar as employee_code,
    organisation_code,
    role
from (
    values
    (1, 'LIFE_BJ', 'registration cancelled'), (2, 'LIFE_BJ', 'registration expired'), (3, 'LIFE_BJ', 'registration about to expire'),
    (4, 'LIFE_GD', 'registered elsewhere'), (5, 'LIFE_SX', 'registration was suspended'), (6, 'LIFE_BJ', 'children buy for parents'),
    (7, 'LIFE_SH', 'children buy for parents'), (8, 'LIFE_SX', 'self policies'), (9, 'LIFE_SX', 'colleague'), (10, 'LIFE_GD', 'colleague elsewhere'),
    (11, 'LIFE_SX', 'colleague who left'), (12, 'LIFE_SH', 'share of self policies'), (13, 'LIFE_SH', 'share of self policies'),
    (14, 'LIFE_GD', 'self policies before an assessment'), (15, 'LIFE_GD', 'self policies before an assessment'), (16, 'LIFE_BJ', 'self policies complained about')
) as agents(number, organisation_code, role);

-- Without a channel they get no ordinary sales; it is set when the policies are written.
insert into world.employee by name
select
    90000 + agent_number as employee_id,
    employee_code,
    surname('employee_surname', 90000 + agent_number) || given_name('employee_given', 90000 + agent_number) as employee_name,
    identity_number(
        '9903' || lpad(agent_number::varchar, 2, '0') || strftime(date '1975-03-01' + 211 * agent_number::integer, '%Y%m%d')
        || lpad(agent_number::varchar, 3, '0')
    ) as id_number,
    mobile('104', 90000 + agent_number) as mobile_number,
    'agent' as employee_type,
    organisation_code,
    null as channel_code,
    100 + agent_number as position,
    (first_day() - 400 - agent_number)::date as hired_date,
    case when role = 'colleague who left' then as_of() - 200 end as left_date,
    role in ('registration cancelled', 'registration expired') as is_suspended,
    1.0 as lapse_factor
from world.planted_agent;

-- Days are counted from the as-of day: what is left of the agreement and of the liability insurance, outlets and registered persons.
create table world.planted_agency as
from (
    values
    ('AGENCY51', '启明保险代理', 'Qiming Agency', 60, false, 'professional_liability', 30, 2, 2),
    ('AGENCY52', '同舟保险代理', 'Tongzhou Agency', 61, false, 'professional_liability', 31, 3, 2),
    ('AGENCY53', '安澜保险代理', 'Anlan Agency', 20, true, 'professional_liability', -3, 2, 3),
    ('AGENCY54', '锦程保险代理', 'Jincheng Agency', -12, false, 'deposit', 10, 4, 11),
    ('AGENCY55', '衡远保险代理', 'Hengyuan Agency', -12, false, 'renewed', 15, 3, 9),
    ('AGENCY56', '泽佑保险代理', 'Zeyou Agency', 0, false, 'none', 300, 0, 8),
    ('AGENCY57', '云帆保险代理', 'Yunfan Agency', 400, false, 'none', 310, 5, 14),
    ('AGENCY58', '瑞和保险代理', 'Ruihe Agency', 420, false, 'none', 320, 4, 12),
    ('AGENCY59', '嘉信保险代理', 'Jiaxin Agency', 440, false, 'none', 330, 1, 2),
    ('AGENCY60', '盛元保险代理', 'Shengyuan Agency', 460, false, 'none', 340, 6, 16)
) as agencies(
    intermediary_code, intermediary_name_zh, intermediary_name_en, agreement_days_left, is_renewed, insurance_case, insurance_days_left,
    outlets_count, registered_persons_count
);

-- Sells nothing and weight 0: no ordinary sales.
insert into world.intermediary by name
select
    intermediary_code,
    intermediary_name_zh,
    intermediary_name_en,
    'agency' as intermediary_type,
    'LIFE_BJ' as organisation_code,
    'BROKER' as channel_code,
    null as sells,
    0 as weight,
    'agency' as licence_type
from world.planted_agency;

insert into world.intermediary_licence by name
select
    'LIC9' || right(intermediary_code, 2) || '001' as licence_number,
    intermediary_code,
    'agency' as licence_type,
    (as_of() + 500 + insurance_days_left - interval 3 year + interval 1 day)::date as issued_date,
    as_of() + 500 + insurance_days_left as expiry_date,
    null as case_kind,
    null as severity,
    null as explanation,
    'LIFE_BJ' as organisation_code
from world.planted_agency;
