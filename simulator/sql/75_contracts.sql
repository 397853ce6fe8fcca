-- Contracts and their approval. Working days are Monday to Friday.
create macro weekdays_until(some_day) as (
    5 * ((date_diff('day', date '1900-01-01', (some_day)::date) + 1) // 7)
    + least((date_diff('day', date '1900-01-01', (some_day)::date) + 1) % 7, 5)
);

create macro working_days(from_day, to_day) as (weekdays_until(to_day) - weekdays_until(from_day));

-- The working day `days` after a working day.
create macro working_days_after(some_day, days) as (
    ((some_day)::date + ((days) + 2 * ((isodow(some_day) - 1 + (days)) // 5))::integer)::date
);

create macro on_a_weekday(some_day) as (((some_day)::date - greatest(isodow(some_day) - 5, 0)::integer)::date);

create macro years_of_history() as (date_diff('day', first_day(), as_of()) / 365.25);

create macro company_name(stream, row_id) as (
    chosen(stream || '/city', row_id, ['云州', '海临', '江浦', '东岭', '白川'])
    || chosen(stream || '/word', row_id, ['启辰', '和顺', '万川', '瑞禾', '明拓', '致远', '景澜', '丰泽'])
    || chosen(stream || '/trade', row_id, ['科技', '物业', '传媒', '咨询', '印务', '数据', '后勤', '装饰']) || '有限公司'
);

-- Who signs contracts and is sued: the companies and their branches.
create table world.legal_unit as
select organisation_code, company_type, row_number() over (order by organisation_level, organisation_code) as position, count(*) over () as positions
from world.organisation
where organisation_level in (1, 2);

create table world.contract as
with wishes as (
    select unnest(range(1, sized(260 * years_of_history()) + 1)) as contract_id
),

drawn as (
    select
        contract_id,
        on_a_weekday(first_day() + floor(uniform('contract_day', contract_id) ** 0.85 * date_diff('day', first_day(), as_of()))::integer) as submitted_date,
        chosen('contract_kind', contract_id, ['purchase', 'purchase', 'service', 'service', 'service', 'lease', 'technology', 'technology', 'cooperation', 'investment']) as contract_kind,
        round(clamped(lognormal('contract_amount', contract_id, 180000, 1.3), 3000, 60000000), -2) as contract_amount,
        legal_unit.organisation_code
    from wishes
    inner join world.legal_unit on legal_unit.position = 1 + floor(uniform('contract_unit', contract_id) ** 1.3 * legal_unit.positions)::bigint
),

-- Approval takes 2.4 working days at the median, a quarter more above a million, a fifth less since it is electronic (2021);
-- about one in fourteen dwells longer than five days. One in seven goes back to the department for correction.
approved as (
    select
        *,
        case contract_kind when 'technology' then 'it' when 'lease' then 'administration' when 'investment' then 'investment' when 'cooperation' then 'business'
            else chosen('contract_department', contract_id, ['business', 'operations', 'marketing', 'administration', 'it', 'finance']) end as department_code,
        greatest(1, ceil(lognormal('contract_approval', contract_id, 2.4, 0.5) * if(contract_amount >= 1000000, 1.25, 1.0) * if(year(submitted_date) >= 2021, 0.8, 1.0)))::integer
            as approval_days,
        case when uniform('contract_returned', contract_id) < 0.14 then whole('contract_correction', contract_id, 1, 6) else 0 end as returned_days
    from drawn
),

ordinary as (
    select
        contract_id,
        organisation_code,
        contract_kind,
        department_code,
        if(contract_kind = 'cooperation', (select chosen('contract_partner', contract_id, list(intermediary_name_zh order by intermediary_code)) from world.intermediary),
            company_name('contract_party', contract_id)) as counterparty_name,
        contract_amount,
        submitted_date,
        approval_days,
        returned_days,
        working_days_after(submitted_date, approval_days + returned_days) as approved_date,
        working_days_after(submitted_date, approval_days + returned_days) + whole('contract_start', contract_id, 1, 20)::integer as effective_date,
        [1, 1, 1, 2, 3][1 + floor(5 * uniform('contract_years', contract_id))::integer] as years,
        whole('contract_first', contract_id, 0, 40) as first_performance_after,
        null::varchar as case_kind,
        null::varchar as severity,
        null::varchar as explanation
    from approved
),

-- Rule CR41: days ago submitted, working days of approval, days from effective to first performance.
planted as (
    select
        900000 + number as contract_id,
        (select organisation_code from world.legal_unit where position = 1 + number % positions) as organisation_code,
        chosen('contract_kind', 900000 + number, ['purchase', 'service', 'technology']) as contract_kind,
        chosen('contract_department', 900000 + number, ['operations', 'administration', 'it', 'marketing']) as department_code,
        company_name('contract_party', 900000 + number) as counterparty_name,
        200000.0 + 1000 * number as contract_amount,
        on_a_weekday(as_of() - days_ago::integer) as submitted_date,
        approval_days,
        returned_days,
        working_days_after(on_a_weekday(as_of() - days_ago::integer), approval_days + returned_days) as approved_date,
        working_days_after(on_a_weekday(as_of() - days_ago::integer), approval_days + returned_days) + 5 as effective_date,
        2 as years,
        first_performance_after,
        case_kind,
        severity,
        explanation
    from (
        values
        (1, 200, 2, 0, -1, 'fire', 'red', 'boundary: paid one day before the contract took effect'),
        (2, 203, 2, 0, 0, 'silent', null, 'boundary: paid on the day the contract took effect'),
        (3, 206, 5, 0, 20, 'silent', null, 'boundary: five working days of approval'),
        (4, 209, 6, 0, 20, 'fire', 'yellow', 'boundary: six working days of approval'),
        (5, 212, 10, 0, 20, 'fire', 'yellow', 'boundary: ten working days of approval'),
        (6, 215, 11, 0, 20, 'fire', 'red', 'boundary: eleven working days of approval'),
        (7, 218, 4, 6, 20, 'silent', null, 'near miss: ten working days, six of them with the department for correction'),
        (8, 20, 40, 0, 20, 'fire', 'red', 'not approved yet, more than ten working days after it was handed in'),
        (9, 230, 2, 0, 15, 'fire', 'red', 'boundary: a delivery 31 days late'),
        (10, 233, 2, 0, 15, 'silent', null, 'boundary: a delivery 30 days late'),
        (11, 236, 2, 0, 15, 'fire', 'red', 'boundary: a payment still open 31 days after it was due'),
        (12, 239, 2, 0, 15, 'silent', null, 'boundary: a payment still open 30 days after it was due'),
        (13, 242, 2, 0, 15, 'silent', null, 'near miss: a payment due in ten days, not yet made')
    ) as cases(number, days_ago, approval_days, returned_days, first_performance_after, case_kind, severity, explanation)
)

select
    'CT' || strftime(submitted_date, '%Y%m') || lpad(((contract_id * 7919 + 17) % 1000000)::varchar, 6, '0') as contract_number,
    *,
    (effective_date + to_years(years::integer) - interval 1 day)::date as expiry_date,
    effective_date + first_performance_after::integer as first_performance_date,
    case when uniform('contract_renewal', contract_id) < 0.55
        then ((effective_date + to_years(years::integer))::date - whole('contract_renewal_day', contract_id, 25, 120)::integer) end as renewal_started_date
from (from ordinary union all from planted);

create table delivery.legal__contract as
with changes as (
    select contract_number, unnest([submitted_date, approved_date, greatest(effective_date, first_performance_date), renewal_started_date]) as happened from world.contract
),

versions as (
    select distinct contract_number, delivered_quarterly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    contract.contract_number,
    organisation_code,
    contract_kind,
    department_code,
    counterparty_name,
    contract_amount::decimal(18, 2) as contract_amount,
    submitted_date,
    case when approved_date <= versions.dt then approved_date end as approved_date,
    case when approved_date <= versions.dt then returned_days::integer end as returned_days,
    case when approved_date <= versions.dt then effective_date end as effective_date,
    case when approved_date <= versions.dt then expiry_date end as expiry_date,
    case when first_performance_date <= versions.dt and approved_date <= versions.dt then first_performance_date end as first_performance_date,
    case when renewal_started_date <= versions.dt and approved_date <= versions.dt then renewal_started_date end as renewal_started_date
from versions
inner join world.contract on contract.contract_number = versions.contract_number;
