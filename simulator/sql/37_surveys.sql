-- Surveys and assessments of damage, on the mobile phone or on site, and claims that dwell too long and rise by three levels.
create table world.survey_task as
with drawn as (
    select
        claim_circumstance.*,
        claim_stage.stage,
        claim_stage.occurred_at,
        case claim_stage.stage when 'surveyed' then 'survey' else 'assessment' end as task_kind,
        claim_circumstance.claim_id * 100 + case claim_stage.stage when 'surveyed' then 0 else 10 end as case_id,
        year(claim_stage.occurred_at) as task_year
    from world.claim_circumstance
    inner join world.claim_stage on claim_stage.claim_id = claim_circumstance.claim_id and claim_stage.stage in ('surveyed', 'assessed')
    where is_motor
),

-- Shares of the mobile phone by year, of claims: 69 % of surveys and 98.8 % of assessments in 2016 were published and are met by rank.
shares(task_kind, task_year, share) as (
    values
    ('survey', 2014, 0.31), ('survey', 2015, 0.52), ('survey', 2016, 0.69), ('survey', 2017, 0.76), ('survey', 2018, 0.80), ('survey', 2019, 0.83),
    ('survey', 2020, 0.90), ('survey', 2021, 0.91), ('survey', 2022, 0.93), ('assessment', 2014, 0.72), ('assessment', 2015, 0.91), ('assessment', 2016, 0.988),
    ('assessment', 2017, 0.985), ('assessment', 2018, 0.984), ('assessment', 2019, 0.986), ('assessment', 2020, 0.989), ('assessment', 2021, 0.991), ('assessment', 2022, 0.992)
),

ranked as (
    select
        drawn.*,
        coalesce(shares.share, 0.9) as share,
        count(*) over cases as cases_of_year,
        row_number() over (partition by drawn.task_kind, drawn.task_year order by uniform('task_kept', case_id), case_id) as keeping,
        row_number() over (partition by drawn.task_kind, drawn.task_year order by uniform('mobile_task', case_id), case_id) as position
    from drawn
    left join shares on shares.task_kind = drawn.task_kind and shares.task_year = drawn.task_year
    window cases as (partition by drawn.task_kind, drawn.task_year)
),

-- A few claims of 2016 that no whole number of mobile ones could serve are looked at by the repair shop and never booked.
counted as (
    select *, case when task_year = 2016 then coalesce(countable(cases_of_year, share, case task_kind when 'survey' then 0.0049 else 0.00049 end), cases_of_year) else cases_of_year end as booked
    from ranked
),

chosen_cases as (
    select *, row_number() over (partition by task_kind, task_year order by position) <= round(booked * share) as is_mobile
    from counted
    where keeping <= booked
),

chosen_tasks as (
    select
        *,
        case_id + task_position as task_id
    from (
        -- An assessment for each car and a second look at larger damage.
        select *, unnest(range(1, 2 + case when stage = 'assessed' then (has_third_party)::integer + (claimed_amount > 1800)::integer else 0 end)) as task_position
        from chosen_cases
    )
),

-- Minutes on the phone in 2016, as published: 8 a survey and 15 an assessment; 4 % less every year. On site 38 and 52.
timed as (
    select
        *,
        lognormal('task_minutes', task_id, 1, 0.35) as drawn_minutes,
        case when task_year = 2016 then avg(lognormal('task_minutes', task_id, 1, 0.35)) over (partition by task_kind, task_year, is_mobile)
            else exp(0.35 ** 2 / 2) * 1.04 ** (task_year - 2016) end as mean_minutes
    from chosen_tasks
)

select
    'SV' || claim_number[3:] || case task_kind when 'survey' then 'A' else 'B' end || task_position as task_number,
    claim_number,
    organisation_code,
    task_kind,
    is_mobile,
    round(60 * drawn_minutes / mean_minutes * case when task_kind = 'survey' and is_mobile then 8 when is_mobile then 15 when task_kind = 'survey' then 38 else 52 end)::bigint as seconds,
    occurred_at as ended_at,
    handler_employee_code
from timed;

create table delivery.claims__survey_task as
select
    delivered_monthly(ended_at::date) as dt, task_number, claim_number, ended_at::date as ended_date, task_kind, if(is_mobile, 'mobile', 'on_site') as survey_method,
    ended_at - to_seconds(seconds) as started_at, ended_at, (seconds / 60.0)::decimal(9, 2) as duration_minutes_count, handler_employee_code as surveyor_employee_code
from world.survey_task
where (ended_at - to_seconds(seconds)) >= day_start(first_day());

-- Disputes about the price of parts that dwell for more than 12 hours go to the quotation desk, due the next day; after 24 hours to
-- the branch, after 48 to the head office. One motor claim in eight, among the surveyed ones.
create table world.claim_escalation as
with disputes as (
    select
        claim_circumstance.claim_id,
        claim_circumstance.claim_number,
        claim_stage.occurred_at as dwelling_since,
        -- The younger the quotation desk, the longer the dispute.
        lognormal('dispute', claim_circumstance.claim_id, case when year(claim_stage.occurred_at) < 2017 then 26 else 17 end, 0.7) as dispute_hours
    from world.claim_circumstance
    inner join world.claim_stage on claim_stage.claim_id = claim_circumstance.claim_id and claim_stage.stage = 'surveyed'
    where claim_circumstance.is_motor and uniform('disputed', claim_circumstance.claim_id) < 0.125
),

levels as (
    select *, unnest([1, 2, 3]) as escalation_level, unnest([12, 24, 48]) as after_hours
    from disputes
)

select
    'ES' || claim_number[3:] || escalation_level as escalation_number,
    claim_number,
    escalation_level::integer as escalation_level,
    dwelling_since,
    dwelling_since + to_hours(after_hours) as escalated_at,
    dwelling_since + to_seconds((3600 * dispute_hours)::bigint) as resolved_at,
    case escalation_level when 1 then 'quotation_desk' when 2 then 'branch_claims' else 'head_office_claims' end as escalated_to
from levels
where dispute_hours > after_hours and dwelling_since + to_hours(after_hours) < as_of() + interval 1 day;

create table delivery.claims__claim_escalation as
with changes as (
    select escalation_number, unnest([escalated_at::date, resolved_at::date]) as happened from world.claim_escalation
),

versions as (
    select distinct escalation_number, delivered_monthly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    claim_escalation.escalation_number,
    claim_number,
    escalation_level,
    escalated_to,
    dwelling_since as dwelling_since_at,
    escalated_at,
    escalated_at::date as escalated_date,
    (escalated_at::date + 1) as due_date,
    case when resolved_at::date <= versions.dt then resolved_at end as resolved_at
from versions
inner join world.claim_escalation on claim_escalation.escalation_number = versions.escalation_number
where escalated_at::date <= versions.dt;
