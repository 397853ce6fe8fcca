-- What is done about instalments past due, and loans written off with what is recovered of them.
create table delivery.lending__collection_action as
with overdue as (
    select
        instalment.*,
        loan.borrower_id,
        least(coalesce(paid_date, date '9999-12-31'), as_of() + 1) - due_date as days_open
    from world.instalment
    inner join world.loan on loan.loan_number = instalment.loan_number
    where due_date <= as_of() and instalment_number <= stops_at
),

-- The next step is taken on the day named, while the instalment is open.
steps(action_kind, step, on_day) as (
    values ('text_message', 1, 3), ('robot_call', 2, 8), ('agent_call', 3, 16), ('agent_call', 4, 35), ('visit', 5, 62), ('outsourced_call', 6, 92), ('legal_letter', 7, 125)
),

taken as (
    select
        overdue.*,
        steps.*,
        overdue.borrower_id * 1000 + overdue.instalment_number * 10 + steps.step as action_id,
        steps.on_day + whole('action_delay', overdue.borrower_id * 1000 + overdue.instalment_number * 10 + steps.step, 0, 2)::integer as days_past_due
    from overdue
    inner join steps on overdue.days_open > steps.on_day + 2
)

select
    delivered_quarterly(due_date + days_past_due) as dt,
    'CA' || strftime(due_date + days_past_due, '%Y%m%d') || lpad(action_id::varchar, 9, '0') as action_number,
    loan_number,
    instalment_number,
    due_date + days_past_due as action_date,
    action_kind,
    days_past_due,
    case when step >= 6 then chosen('agency', borrower_id, ['AGENCY_A', 'AGENCY_A', 'AGENCY_B']) else 'IN_HOUSE' end as collector_code,
    case when action_kind in ('text_message', 'legal_letter') then 'delivered'
        when stops_at < 9999 and uniform('contact_result', action_id) < 0.62 then chosen('no_result', action_id, ['no_contact', 'no_contact', 'refused', 'disputed'])
        when uniform('contact_result', action_id) < 0.25 then 'no_contact' else 'promised' end as contact_result
from taken;

-- Written off at the end of the month in which a loan is 180 days past due; one reason in three is another.
create table world.write_off as
with stopped as (
    select loan.loan_number, loan.borrower_id, min(instalment.due_date) filter (where instalment.instalment_number = instalment.stops_at) as stopped_date
    from world.instalment
    inner join world.loan on loan.loan_number = instalment.loan_number
    group by loan.loan_number, loan.borrower_id
    having count(*) filter (where instalment.instalment_number = instalment.stops_at and instalment.paid_date is null) > 0
),

due as (
    select *, last_day(stopped_date + 180) as written_off_date, row_number() over (order by stopped_date, loan_number) as place
    from stopped
    where last_day(stopped_date + 180) <= as_of()
),

losses as (
    select
        due.loan_number,
        sum(instalment.principal_due_amount - coalesce(instalment.part_paid_amount, 0)) as principal_amount,
        sum(instalment.interest_due_amount) filter (where instalment.due_date <= due.written_off_date) as interest_amount
    from due
    inner join world.instalment on instalment.loan_number = due.loan_number and instalment.instalment_number >= instalment.stops_at
    group by due.loan_number
)

select
    'WO' || lpad(due.borrower_id::varchar, 8, '0') as write_off_number,
    due.*,
    losses.principal_amount,
    losses.interest_amount,
    case place % 6 when 2 then 'fraud' when 5 then 'deceased' else 'past_due_180_days' end as reason_code,
    -- Every second loan brings something back, 5 to 45 % of the principal within a year.
    case when place % 2 = 0 then due.written_off_date + whole('recovered_days', due.borrower_id, 20, 360)::integer end as recovered_date,
    round(losses.principal_amount * (0.05 + 0.4 * uniform('recovered', due.borrower_id)), 2) as recovered_amount
from due
inner join losses on losses.loan_number = due.loan_number;

create table delivery.lending__write_off as
with changes as (
    select write_off_number, unnest([written_off_date, recovered_date]) as happened from world.write_off
),

versions as (
    select distinct write_off_number, delivered_yearly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    write_off.write_off_number,
    loan_number,
    written_off_date,
    reason_code,
    principal_amount::decimal(18, 2) as principal_amount,
    interest_amount::decimal(18, 2) as interest_amount,
    case when recovered_date <= versions.dt then recovered_date end as last_recovered_date,
    case when recovered_date <= versions.dt then recovered_amount else 0 end::decimal(18, 2) as recovered_amount
from versions
inner join world.write_off on write_off.write_off_number = versions.write_off_number;
