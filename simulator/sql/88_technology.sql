-- Systems and their outages, incidents and releases.
create table world.information_system as
with companies as (
    select organisation_code, company_type from world.organisation where organisation_level <= 1
)

select *, row_number() over (order by system_code)::integer as system_id
from (
    select kinds.system_prefix || '_' || companies.organisation_code as system_code, kinds.system_name_zh, kinds.system_name_en, companies.organisation_code,
        kinds.is_core, kinds.failures_a_year, date '2012-01-01' + whole('system_start', hash(kinds.system_prefix || companies.organisation_code) % 100000, 0, 600)::integer as in_service_date
    from companies
    inner join (
        values
        ('life', 'POLICY', '核心业务系统', 'Policy administration', true, 2.2), ('life', 'CLAIMS', '理赔系统', 'Claims', true, 2.0),
        ('life', 'CONTACT', '客服中心系统', 'Contact centre', true, 3.0), ('life', 'APP', '移动应用', 'Mobile application', false, 5.0),
        ('property', 'POLICY', '核心业务系统', 'Policy administration', true, 2.4), ('property', 'CLAIMS', '理赔系统', 'Claims', true, 2.2),
        ('property', 'APP', '移动应用', 'Mobile application', false, 4.5), ('account', 'PAYMENT', '支付清分系统', 'Payment and clearing', true, 1.6),
        ('account', 'ACCOUNT', '账户系统', 'Account', true, 1.8), ('group', 'DATA', '数据平台', 'Data platform', false, 6.0),
        ('group', 'LEDGER', '财务系统', 'Finance', true, 1.5)
    ) as kinds(company_type, system_prefix, system_name_zh, system_name_en, is_core, failures_a_year) on kinds.company_type = companies.company_type
);

create table world.system_outage as
with months as (
    select system.*, month.month_end, date_trunc('month', month.month_end)::date as month_start, month.month_end - date_trunc('month', month.month_end)::date + 1 as days,
        system.system_id * 10000 + month.year_number * 12 + month.month_number - 24000 as draw_id
    from world.information_system as system
    cross join world.accounting_month as month
),

failures as (
    -- Failures halve from 2014 to 2022; each lasts 22 minutes in the middle.
    select *, unnest(range(event_count(uniform('failures', draw_id), failures_a_year / 12 * exp(-0.09 * (year(month_end) - 2020))))) as occurrence from months
)

select system_code, organisation_code, false as is_planned,
    (month_start + floor(days * uniform('failure_day', draw_id * 5 + occurrence))::integer)::timestamp
    + to_seconds(whole('failure_second', draw_id * 5 + occurrence, 0, 80000)) as started_at,
    clamped(lognormal('failure_minutes', draw_id * 5 + occurrence, 22, 0.9), 1, 95)::integer as minutes,
    chosen('cause', draw_id * 5 + occurrence, ['software', 'software', 'release', 'network', 'database', 'hardware', 'supplier']) as cause_code,
    draw_id * 10 + occurrence as outage_id
from failures
union all
-- Every second month a Sunday night of maintenance.
select system_code, organisation_code, true, (month_end - (isodow(month_end) % 7)::integer)::timestamp + interval 1 hour, whole('maintenance', draw_id, 60, 240), 'maintenance', draw_id * 10 + 9
from months
where (draw_id + month(month_end)) % 2 = 0 and month_end - (isodow(month_end) % 7)::integer >= month_start
union all
-- A core system stood still for eleven hours; two months later it was maintained for as long, which costs no availability.
select system_code, organisation_code, cases.is_planned, (date_trunc('month', as_of()) - to_months(cases.months_back) + interval 9 day + interval 8 hour)::timestamp, 660,
    cases.cause_code, 900000000 + cases.months_back
from (values (5, false, 'database'), (3, true, 'maintenance')) as cases(months_back, is_planned, cause_code)
cross join (select system_code, organisation_code from world.information_system where is_core order by system_code limit 1);

create table delivery.it__information_system as
select first_day() as dt, system_code, system_name_zh, system_name_en, organisation_code, is_core, least(in_service_date, first_day()) as in_service_date
from world.information_system;

create table delivery.it__system_outage as
select
    delivered_yearly((started_at + to_minutes(minutes))::date) as dt,
    'OUT' || strftime(started_at, '%Y%m') || lpad(row_number() over (order by outage_id)::varchar, 6, '0') as outage_number,
    system_code,
    organisation_code,
    is_planned,
    started_at,
    started_at + to_minutes(minutes) as ended_at,
    started_at::date as outage_date,
    minutes::integer as outage_minute_count,
    cause_code
from world.system_outage
where (started_at + to_minutes(minutes))::date <= as_of();

-- Priority P1 is the most urgent, until the tool behind the feed is changed and P4 is: nobody tells the receivers. The last
-- delivery is the first one with the new meaning.
create table world.priority_change as
select as_of() as first_delivered_day;

create table world.system_incident as
with incidents as (
    select unnest(range(sized(4200))) as incident_id
),

dated as (
    select incident_id, first_day() + floor((as_of() - first_day() + 1) * uniform('incident_day', incident_id))::integer as opened_date,
        1 + floor(uniform('incident_system', incident_id) * (select count(*) from world.information_system))::integer as system_id,
        case when uniform('priority', incident_id) < 0.03 then 1 when uniform('priority', incident_id) < 0.15 then 2 when uniform('priority', incident_id) < 0.55 then 3 else 4 end as urgency
    from incidents
)

select dated.*, system.system_code, system.organisation_code,
    day_start(opened_date) + to_seconds(whole('incident_second', incident_id, 20000, 82000)) as opened_at,
    day_start(opened_date) + to_seconds(whole('incident_second', incident_id, 20000, 82000))
    + to_minutes((lognormal('incident_minutes', incident_id, [45, 160, 700, 2600][urgency], 0.7))::bigint) as resolved_at
from dated
inner join world.information_system as system on system.system_id = dated.system_id;

create table delivery.it__system_incident as
select
    delivered_yearly(resolved_at::date) as dt,
    'INC' || strftime(opened_date, '%Y') || lpad(((incident_id * 7919 + 11) % 1000000)::varchar, 6, '0') as incident_number,
    system_code,
    organisation_code,
    'P' || if(delivered_yearly(resolved_at::date) >= priority_change.first_delivered_day, 5 - urgency, urgency) as priority_code,
    chosen('incident_category', incident_id, ['application', 'application', 'data', 'access', 'network', 'workplace']) as category_code,
    opened_at,
    resolved_at,
    opened_date
from world.system_incident
cross join world.priority_change
where resolved_at::date <= as_of();

-- Releases of the teams: delivered points per person-month are 10 in 2020 and 29 % more in the life company in 2021.
create table world.software_release as
with releases as (
    select unnest(range(26 * 12 * (1 + year(as_of()) - year(first_day())))) as release_id
),

drawn as (
    select release_id, first_day() + floor((as_of() - first_day() + 1) * uniform('release_day', release_id))::integer as released_date,
        1 + floor(uniform('release_system', release_id) * (select count(*) from world.information_system))::integer as system_id,
        whole('points', release_id, 8, 90)::integer as delivery_points,
        exp(0.25 * normal('effort', release_id)) as effort
    from releases
),

placed as (
    select drawn.*, system.system_code, system.organisation_code, company_of.company_type,
        case when company_of.company_type = 'life' then 10.0 * case
            when year(released_date) = 2021 then 1.29 when year(released_date) > 2021 then 1.34 else 0.97 ** (2020 - year(released_date)) end
            else 9.0 * 1.05 ** (year(released_date) - 2020) end as points_a_month
    from drawn
    inner join world.information_system as system on system.system_id = drawn.system_id
    inner join world.company_of on company_of.organisation_code = system.organisation_code
)

select *, greatest(round(
    delivery_points * effort / points_a_month * sum(delivery_points) over yearly / sum(round(delivery_points * effort, 6)::decimal(24, 6)) over yearly::double, 3), 0.001)::decimal(9, 3) as person_months
from placed
window yearly as (partition by organisation_code, year(released_date));

create table delivery.it__software_release as
select
    delivered_yearly(released_date) as dt,
    'REL' || strftime(released_date, '%Y') || lpad(release_id::varchar, 6, '0') as release_number,
    system_code,
    organisation_code,
    'T' || lpad((1 + system_id * 2 + release_id % 2)::varchar, 2, '0') as team_code,
    released_date - floor(6 * uniform('release_slip', release_id) ** 3)::integer + 2 * (uniform('release_early', release_id) < 0.1)::integer as planned_date,
    released_date,
    delivery_points as delivered_point_count,
    person_months as person_month_count,
    event_count(uniform('defects', release_id), 0.8)::integer as defect_count,
    uniform('hotfix', release_id) < 0.08 as is_emergency
from world.software_release;
