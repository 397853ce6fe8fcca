-- Control issues found by audit, internal control and the regulator, and incidents of information security and privacy.
create table world.control_issue as
with issues as (
    select unnest(range(sized(900))) as issue_id
),

drawn as (
    select
        issue_id,
        -- One in fifteen was found in the last weeks and is still open.
        if(issue_id % 15 = 3, as_of() - whole('issue_recent', issue_id, 3, 28),
            first_day() + floor((as_of() - first_day() + 1) * uniform('issue_day', issue_id))::integer) as found_date,
        chosen('issue_source', issue_id, ['audit', 'audit', 'audit', 'internal_control', 'internal_control', 'internal_control', 'regulator']) as issue_source,
        chosen('issue_department', issue_id, ['sales', 'sales', 'underwriting', 'claims', 'finance', 'technology', 'investment', 'customer_service']) as department_code,
        if(issue_id % 15 = 3, 2, 1) + floor(if(issue_id % 15 = 3, 2, 3) * uniform('severity', issue_id) ** 0.6)::integer as severity_level,
        1 + floor(uniform('issue_place', issue_id) * (select count(*) from world.organisation))::integer as place
    from issues
),

-- 1 is grave and is to be put right in 30 days. Technology and sales are late with one issue in nine, the others with one in thirty;
-- the boundary cases are put right on the very day.
due as (
    select *, found_date + [30, 60, 120][severity_level] as due_date,
        uniform('issue_late', issue_id) < if(department_code in ('technology', 'sales'), 0.11, 0.03) * if(year(found_date) < 2020, 1.3, 1.0) as is_late
    from drawn
)

select due.*, organisation.organisation_code,
    case
        when is_late or issue_id % 15 = 3 then due_date + whole('issue_delay', issue_id, 1, 70)::integer
        when uniform('issue_boundary', issue_id) < 0.06 then due_date
        else found_date + 3 + floor(([30, 60, 120][severity_level] - 3) * uniform('issue_days', issue_id))::integer
    end as remediated_date
from due
inner join (select organisation_code, row_number() over (order by organisation_code) as place from world.organisation) as organisation using (place);

create table delivery.audit__control_issue as
with versions as (
    select issue_id, unnest([found_date, remediated_date]) as happened from world.control_issue
),

known as (
    select distinct issue_id, delivered_yearly(happened) as dt from versions where happened <= as_of()
)

select
    known.dt,
    'CI' || strftime(found_date, '%Y') || lpad(((issue.issue_id * 7919 + 5) % 100000)::varchar, 5, '0') as issue_number,
    issue_source,
    organisation_code,
    department_code,
    severity_level,
    found_date,
    due_date,
    case when remediated_date <= known.dt then remediated_date end as remediated_date,
    case when remediated_date <= known.dt then 'closed' else 'open' end as issue_status
from known
inner join world.control_issue as issue on issue.issue_id = known.issue_id;

-- Grave incidents are rare: one in two hundred, and one is certain in the last full quarter.
create table world.security_incident as
with incidents as (
    select unnest(range(sized(700))) as incident_id
),

drawn as (
    select
        incident_id,
        if(incident_id = 0, date_trunc('quarter', as_of())::date - 40,
            first_day() + floor((as_of() - first_day() + 1) * uniform('security_day', incident_id) ** 0.8)::integer) as found_date,
        if(incident_id = 0 or uniform('security_level', incident_id) < 0.005, 1, 2 + floor(3 * uniform('security_level', incident_id) ** 0.6))::integer as incident_level,
        chosen('security_kind', incident_id, ['phishing', 'phishing', 'malware', 'access_violation', 'data_exposure', 'privacy_complaint', 'privacy_complaint',
            'nonconformity_27001', 'nonconformity_27701']) as incident_kind,
        1 + floor(uniform('security_system', incident_id) * (select count(*) from world.information_system))::integer as system_id
    from incidents
)

select drawn.*, system.system_code, system.organisation_code,
    found_date + 1 + least(floor(lognormal('security_days', incident_id, [4, 8, 14, 10][incident_level], 0.8)), 200)::integer as closed_date
from drawn
inner join world.information_system as system on system.system_id = drawn.system_id;

create table delivery.security__security_incident as
with versions as (
    select incident_id, unnest([found_date, closed_date]) as happened from world.security_incident
),

known as (
    select distinct incident_id, delivered_yearly(happened) as dt from versions where happened <= as_of()
)

select
    known.dt,
    'SI' || strftime(found_date, '%Y') || lpad(((incident.incident_id * 7919 + 3) % 100000)::varchar, 5, '0') as incident_number,
    system_code,
    organisation_code,
    incident_level,
    incident_kind,
    case incident_kind when 'phishing' then 'A.6.8' when 'malware' then 'A.8.7' when 'access_violation' then 'A.5.15' when 'data_exposure' then 'A.8.12'
        when 'privacy_complaint' then '7.3.2' when 'nonconformity_27001' then chosen('clause', incident.incident_id, ['6.1.2', '9.2', 'A.5.9']) else '7.2.8' end as iso_clause_code,
    found_date,
    case when closed_date <= known.dt then closed_date end as closed_date,
    case when incident_kind in ('access_violation', 'data_exposure', 'privacy_complaint') then
        greatest(floor(lognormal('affected', incident.incident_id, [4000, 60, 6, 1][incident_level], 1.0)), 1)::integer else 0 end as affected_record_count
from known
inner join world.security_incident as incident on incident.incident_id = known.incident_id;
