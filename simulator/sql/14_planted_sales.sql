-- Policies planted for the rules of sales conduct, fees, self policies and money laundering: case = rule number * 1000 + n.
-- `surrender_day` counts from issue; single premiums where a premium that stops would come in the way.
create macro quarters_ago(number) as ((date_trunc('quarter', as_of()) - to_months(3 * (number)))::date);
create macro months_ago(number) as ((date_trunc('month', as_of()) - to_months(number))::date);

create table world.planted_sale as
with long_annual as (
    select 'LIFE_WHOLE' as product_code, 'annual' as payment_frequency, 10 as payment_term_years, 'card' as payment_method
),

-- Whole life of ten yearly premiums: case, person, age, channel, organisation, issue, premium, agent, agency, commission.
yearly_cases as (
    select cases.*, long_annual.*, null::varchar as recording, null::integer as surrender_day
    from (
        values
        (3001, 3001, 36, 'AGENCY', 'LIFE_BJ', as_of() - 40, 6000.00, 1, null, null), (3002, 3002, 37, 'AGENCY', 'LIFE_BJ', as_of() - 41, 6100.00, 2, null, null),
        (3003, 3003, 38, 'AGENCY', 'LIFE_BJ', as_of() - 42, 6200.00, 3, null, null), (3004, 3004, 39, 'AGENCY', 'LIFE_GD', as_of() - 43, 6300.00, 4, null, null),
        (3005, 3005, 40, 'AGENCY', 'LIFE_SX', as_of() - 44, 6400.00, 5, null, null),
        (2054, 2054, 41, 'BROKER', 'LIFE_BJ', as_of() - 5, 5000.00, null, 'AGENCY54', null),
        (2055, 2055, 42, 'BROKER', 'LIFE_BJ', as_of() - 12, 5100.00, null, 'AGENCY55', null),
        (4001, 4001, 33, 'BROKER', 'LIFE_BJ', as_of() - 50, 5200.00, null, 'AGENCY57', null),
        (4003, 4003, 34, 'BROKER', 'LIFE_BJ', as_of() - 51, 5300.00, null, 'AGENCY57', null),
        (9001, 9001, 59, 'AGENCY', 'LIFE_BJ', as_of() - 60, 5400.00, null, null, null), (9002, 9002, 60, 'AGENCY', 'LIFE_GD', as_of() - 61, 5500.00, null, null, null),
        (9003, 9003, 59, 'AGENCY', 'LIFE_SH', as_of() - 62, 5600.00, null, null, null), (9004, 9004, 58, 'AGENCY', 'LIFE_SX', as_of() - 63, 5700.00, null, null, null),
        (9005, 9005, 61, 'AGENCY', 'LIFE_BJ', as_of() - 64, 5800.00, null, null, null), (9006, 9006, 59, 'AGENCY', 'LIFE_BJ', as_of() - 65, 5900.00, null, null, null),
        (14001, 14001, 35, 'AGENCY', 'LIFE_BJ', as_of() - 90, 10000.00, null, null, 'at_cap'), (14002, 14002, 36, 'AGENCY', 'LIFE_BJ', as_of() - 91, 10000.00, null, null, 'at_cap'),
        (14003, 14003, 37, 'AGENCY', 'LIFE_GD', as_of() - 92, 10000.00, null, null, 'at_cap'), (14004, 14004, 38, 'AGENCY', 'LIFE_SH', as_of() - 430, 10000.00, null, null, null),
        (15001, 15001, 40, 'AGENCY', 'LIFE_SX', as_of() - 130, 5000.00, 8, null, null), (15002, 15002, 41, 'AGENCY', 'LIFE_SX', as_of() - 133, 5100.00, 8, null, null),
        (15003, 15003, 42, 'AGENCY', 'LIFE_SX', as_of() - 136, 5200.00, 8, null, null), (15004, 15004, 43, 'AGENCY', 'LIFE_SX', as_of() - 139, 5300.00, 8, null, null),
        (15005, 15005, 44, 'AGENCY', 'LIFE_SX', as_of() - 142, 5400.00, 8, null, null), (16001, 16001, 45, 'AGENCY', 'LIFE_SX', as_of() - 145, 5500.00, 8, null, null),
        (16002, 16002, 46, 'AGENCY', 'LIFE_SX', as_of() - 148, 5600.00, 8, null, null), (16003, 16003, 47, 'AGENCY', 'LIFE_SX', as_of() - 151, 5700.00, 8, null, null),
        (16004, 16004, 48, 'AGENCY', 'LIFE_SX', as_of() - 154, 5800.00, 8, null, null), (16005, 16005, 49, 'AGENCY', 'LIFE_SX', as_of() - 157, 5900.00, 8, null, null),
        (17001, 17001, 40, 'AGENCY', 'LIFE_SH', as_of() - 20, 3000.00, 12, null, null), (17001, 17091, 33, 'AGENCY', 'LIFE_SH', as_of() - 24, 7000.00, 12, null, null),
        (17002, 17002, 41, 'AGENCY', 'LIFE_SH', as_of() - 21, 3000.01, 13, null, null), (17002, 17092, 34, 'AGENCY', 'LIFE_SH', as_of() - 25, 6999.99, 13, null, null),
        (18001, 18001, 42, 'AGENCY', 'LIFE_GD', quarters_ago(0) - 1, 5000.00, 14, null, null), (18001, 18001, 42, 'AGENCY', 'LIFE_GD', quarters_ago(0) - 6, 5100.00, 14, null, null),
        (18001, 18001, 42, 'AGENCY', 'LIFE_GD', quarters_ago(0) - 55, 5200.00, 14, null, null), (18002, 18002, 43, 'AGENCY', 'LIFE_GD', quarters_ago(0) - 6, 5300.00, 15, null, null),
        (18002, 18002, 43, 'AGENCY', 'LIFE_GD', quarters_ago(0) - 7, 5400.00, 15, null, null),
        (20001, 20001, 31, 'AGENCY', 'LIFE_BJ', as_of() - 70, 5000.00, null, null, null), (20002, 20002, 32, 'AGENCY', 'LIFE_GD', as_of() - 71, 5100.00, null, null, null),
        (20003, 20003, 33, 'AGENCY', 'LIFE_SH', as_of() - 72, 5200.00, null, null, null), (20004, 20004, 34, 'AGENCY', 'LIFE_SX', as_of() - 73, 5300.00, null, null, null),
        (20005, 20005, 35, 'AGENCY', 'LIFE_BJ', as_of() - 74, 5400.00, null, null, null), (20006, 20006, 36, 'AGENCY', 'LIFE_GD', as_of() - 75, 5500.00, null, null, null),
        (22001, 22001, 35, 'BROKER', 'LIFE_BJ', as_of() - 33, 5400.00, null, 'AGENCY58', null), (22002, 22002, 36, 'BROKER', 'LIFE_BJ', as_of() - 34, 5500.00, null, 'AGENCY58', null),
        (22003, 22003, 37, 'BROKER', 'LIFE_BJ', as_of() - 35, 5600.00, null, 'AGENCY58', null), (22004, 22004, 38, 'BROKER', 'LIFE_BJ', as_of() - 36, 5700.00, null, 'AGENCY58', null),
        (22005, 22005, 39, 'BROKER', 'LIFE_BJ', as_of() - 37, 5800.00, null, 'AGENCY58', null), (22006, 22006, 40, 'DIRECT', 'LIFE_BJ', as_of() - 38, 5900.00, null, null, null),
        (22007, 22007, 41, 'BROKER', 'LIFE_BJ', as_of() - 39, 6000.00, null, 'AGENCY58', null), (22008, 22008, 42, 'BANC', 'LIFE_BJ', as_of() - 40, 6100.00, null, null, null),
        (30001, 30001, 44, 'AGENCY', 'LIFE_BJ', as_of() - 150, 5000.00, 16, null, 'at_cap'), (30002, 30001, 44, 'AGENCY', 'LIFE_BJ', as_of() - 151, 5100.00, 16, null, 'at_cap'),
        (30003, 30003, 45, 'AGENCY', 'LIFE_BJ', as_of() - 152, 5200.00, 16, null, 'at_cap'), (30004, 30001, 44, 'AGENCY', 'LIFE_BJ', as_of() - 153, 5300.00, 16, null, 'at_cap'),
        (23051, 23051, 35, 'BROKER', 'LIFE_BJ', months_ago(3) + 9, 3000.00, null, 'AGENCY51', null), (23051, 23151, 36, 'BROKER', 'LIFE_BJ', months_ago(2) + 9, 12000.01, null, 'AGENCY51', null),
        (23052, 23052, 37, 'BROKER', 'LIFE_BJ', months_ago(3) + 10, 3000.00, null, 'AGENCY52', null), (23052, 23152, 38, 'BROKER', 'LIFE_BJ', months_ago(2) + 10, 12000.00, null, 'AGENCY52', null),
        (23053, 23053, 39, 'BROKER', 'LIFE_BJ', months_ago(3) + 11, 3000.00, null, 'AGENCY53', null), (23053, 23153, 40, 'BROKER', 'LIFE_BJ', months_ago(2) + 11, 18000.00, null, 'AGENCY53', null),
        (23056, 23056, 41, 'BROKER', 'LIFE_BJ', months_ago(3) + 12, 3000.00, null, 'AGENCY56', null), (23056, 23156, 42, 'BROKER', 'LIFE_BJ', months_ago(2) + 12, 15000.00, null, 'AGENCY56', null)
    ) as cases(case_number, person_number, age, channel_code, organisation_code, issue_date, premium_amount, agent_number, intermediary_code, commission)
    cross join long_annual
),

-- Single-premium annuities: case, person, days ago, premium, method, day of surrender.
single_cases as (
    select *, 'ANNUITY_PENSION' as product_code
    from (
        values
        (36001, 36001, 60, 500000.00, 'transfer', null), (36002, 36002, 61, 499999.99, 'transfer', null), (36003, 36003, 62, 300000.00, 'transfer', null),
        (36003, 36003, 62, 200000.00, 'transfer', null), (36004, 36004, 63, 200000.00, 'transfer', null), (36005, 36005, 64, 199999.99, 'transfer', null),
        (38001, 38001, 120, 200000.00, 'transfer', 90), (38002, 38002, 121, 199999.99, 'transfer', 90), (38003, 38003, 122, 200000.00, 'transfer', 91),
        (38004, 38004, 300, 10000.00, 'card', 100), (38004, 38004, 210, 11000.00, 'card', 95), (38004, 38004, 110, 12000.00, 'card', 70),
        (38005, 38005, 290, 10000.00, 'card', 100), (38005, 38005, 200, 11000.00, 'card', 95), (38005, 38005, 115, 12000.00, 'card', null),
        (38006, 38006, 300, 13000.00, 'card', 250), (38007, 38007, 301, 13100.00, 'card', 250),
        (39001, 39001, 490, 8000.00, 'card', 430), (39001, 39001, 480, 8100.00, 'card', 422), (39001, 39001, 470, 8200.00, 'card', 413),
        (39001, 39001, 460, 8300.00, 'card', 405), (39001, 39001, 450, 8400.00, 'card', 396),
        (39002, 39002, 489, 8000.00, 'card', 429), (39002, 39002, 479, 8100.00, 'card', 421), (39002, 39002, 469, 8200.00, 'card', 412),
        (39002, 39002, 459, 8300.00, 'card', 404), (39002, 39002, 449, 8400.00, 'card', 396),
        (39003, 39003, 488, 8000.00, 'card', 430), (39003, 39003, 478, 8100.00, 'card', 421), (39003, 39003, 468, 8200.00, 'card', 412), (39003, 39003, 458, 8300.00, 'card', 403),
        (39004, 39004, 480, 8000.00, 'card', 380), (39004, 39004, 478, 8100.00, 'card', 388), (39004, 39004, 477, 8200.00, 'card', 407),
        (39004, 39004, 475, 8300.00, 'card', 425), (39004, 39004, 474, 8400.00, 'card', 444),
        (39005, 39005, 470, 8000.00, 'card', 400), (39005, 39005, 470, 8100.00, 'card', 400), (39005, 39005, 470, 8200.00, 'card', 400),
        (39005, 39005, 470, 8300.00, 'card', 400), (39005, 39005, 470, 8400.00, 'card', 400),
        (40001, 40001, 52, 20000.00, 'cash', null), (40002, 40002, 53, 19999.99, 'cash', null), (40003, 40003, 300, 10416.67, 'card', 240),
        (40004, 40004, 301, 10416.66, 'card', 240), (40005, 40005, 54, 30000.00, 'cash', null), (40006, 40006, 55, 31000.00, 'cash', null)
    ) as cases(case_number, person_number, days_ago, premium_amount, payment_method, surrender_day)
),

-- Products, channels and terms of their own.
other_cases as (
    from (
        values
        (4002, 4002, 'HEALTH_CRITICAL', 'BROKER', 'LIFE_BJ', as_of() - 52, 'annual', 20, 5400.00, 'AGENCY57', null),
        (4004, 4004, 'ANNUITY_PENSION', 'BROKER', 'LIFE_BJ', as_of() - 53, 'annual', 10, 5500.00, 'AGENCY57', null),
        (4005, 4005, 'LIFE_UNIVERSAL', 'BROKER', 'LIFE_BJ', as_of() - 54, 'annual', 10, 5600.00, 'AGENCY57', null),
        (4006, 4006, 'ACCIDENT_YEAR', 'ONLINE_PLATFORM', 'LIFE_BJ', as_of() - 55, 'single', 0, 150.00, null, null),
        (12001, 12001, 'ANNUITY_PENSION', 'BANC', 'LIFE_BJ', date_trunc('year', as_of())::date - 60, 'annual', 3, 9000.00, null, 'at_cap'),
        (12002, 12002, 'ANNUITY_PENSION', 'BANC', 'LIFE_GD', date_trunc('year', as_of())::date - 61, 'annual', 5, 9100.00, null, 'over_cap_by_fen'),
        (12003, 12003, 'LIFE_ENDOW', 'BANC', 'LIFE_SH', as_of() - 85, 'annual', 10, 9200.00, null, 'over_cap'),
        (12004, 12004, 'LIFE_ENDOW', 'BANC', 'LIFE_SX', as_of() - 86, 'annual', 10, 9300.00, null, 'at_cap')
    ) as cases(case_number, person_number, product_code, channel_code, organisation_code, issue_date, payment_frequency, payment_term_years, premium_amount,
        intermediary_code, commission)
),

-- Groups of like policies: first person, how many, product, channel, organisation, first day, days between, frequency, term, premium.
groups as (
    select *, unnest(range(policies))::integer as member
    from (
        values
        (8001, 800100, 19, 'LIFE_ENDOW', 'BANC', 'LIFE', months_ago(13), 1, 'annual', 5, 1000.00, null, null, null, 'transfer'),
        (8002, 800200, 18, 'LIFE_ENDOW', 'BANC', 'LIFE', months_ago(14), 1, 'annual', 5, 1000.00, null, null, null, 'transfer'),
        (8003, 800300, 17, 'LIFE_ENDOW', 'BANC', 'LIFE', months_ago(15), 1, 'annual', 5, 1000.00, null, null, null, 'transfer'),
        (9011, 901100, 10, 'LIFE_WHOLE', 'AGENCY', 'LIFE_BJ', quarters_ago(1), 7, 'annual', 10, 2000.00, 6, null, null, 'card'),
        (9012, 901200, 10, 'LIFE_WHOLE', 'AGENCY', 'LIFE_SH', quarters_ago(1), 7, 'annual', 10, 2000.00, 7, null, null, 'card'),
        (23059, 2305900, 5, 'ANNUITY_PENSION', 'BROKER', 'LIFE_BJ', months_ago(3), 3, 'single', 0, 410000.00, null, 'AGENCY59', null, 'transfer'),
        (24001, 2400100, 8, 'HEALTH_CRITICAL', 'BROKER', 'LIFE', quarters_ago(1), 5, 'annual', 20, 5000.00, null, 'AGENCY60', 'at_cap', 'card'),
        (24001, 2400150, 4, 'LIFE_WHOLE', 'DIRECT', 'LIFE', quarters_ago(1), 6, 'annual', 10, 5000.00, null, null, null, 'card'),
        (24002, 2400200, 6, 'HEALTH_CRITICAL', 'BROKER', 'LIFE', quarters_ago(2), 5, 'annual', 20, 5000.00, null, 'AGENCY60', 'at_cap', 'card'),
        (24002, 2400250, 4, 'LIFE_WHOLE', 'DIRECT', 'LIFE', quarters_ago(2), 6, 'annual', 10, 5000.00, null, null, null, 'card'),
        (24003, 2400300, 8, 'ANNUITY_PENSION', 'BROKER', 'LIFE', quarters_ago(3), 5, 'single', 0, 5000.00, null, 'AGENCY60', null, 'card'),
        (24003, 2400350, 4, 'LIFE_WHOLE', 'DIRECT', 'LIFE', quarters_ago(3), 6, 'annual', 10, 5000.00, null, null, null, 'card')
    ) as cases(case_number, first_person, policies, product_code, channel_code, organisation_code, first_date, days_between, payment_frequency,
        payment_term_years, premium_amount, agent_number, intermediary_code, commission, payment_method)
)

select case_number, person_number, age, product_code, channel_code, organisation_code, issue_date, payment_frequency, payment_term_years, premium_amount,
    payment_method, recording, commission, surrender_day, agent_number, intermediary_code
from yearly_cases
union all
select case_number, person_number, 32 + person_number % 19, product_code, 'AGENCY', ['LIFE_BJ', 'LIFE_GD', 'LIFE_SH'][1 + person_number % 3], as_of() - days_ago,
    'single', 0, premium_amount, payment_method, null, null, surrender_day, null, null
from single_cases
union all
select case_number, person_number, 30 + person_number % 20, product_code, channel_code, organisation_code, issue_date, payment_frequency, payment_term_years,
    premium_amount, 'card', null, commission, null, null, intermediary_code
from other_cases
union all
-- Rule CR08: 1 of 20 and 2 of 20 recordings that failed lie on the lines of 5 % and 10 %, 3 of 20 beyond.
select case_number, first_person + member, 30 + member, product_code, channel_code, organisation_code, (first_date + days_between * member)::date,
    payment_frequency, payment_term_years, premium_amount + 10 * member * (case_number in (8001, 8002, 8003))::integer, payment_method,
    case when case_number between 8001 and 8003 then if(member < case_number - 8000, 'failed_then_passed', 'passed') end,
    commission, null, agent_number, intermediary_code
from groups;
