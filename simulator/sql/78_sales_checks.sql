-- Checks of the information on policies, changes of customers' details, incentives beside commission, and the planted recordings
-- and complaints.
create table world.information_check as
with sales as (
    select
        policy.policy_id, policy.policy_number, policy.issue_date, policy.channel_code, planted_policy.case_number,
        case
            when planted_policy.case_number in (20001, 20002, 20003, 20005, 20006) then true
            when planted_policy.case_number is not null then false
            -- Brokers' policies fail twice as often as those of the company's own channels.
            else uniform('information', policy.policy_id) < case policy.channel_code when 'BROKER' then 0.024 when 'AGENCY' then 0.016 else 0.011 end
        end as failed
    from world.policy
    left join world.planted_policy on planted_policy.planted_number = policy.planted_number
    where policy.company_code = 'LIFE' and policy.is_long_term
)

select
    *,
    case case_number when 20001 then 'address' when 20002 then 'id_number' when 20003 then 'name' when 20005 then 'name' when 20006 then 'mobile'
        else chosen('information_element', policy_id, ['address', 'address', 'address', 'mobile', 'mobile', 'id_number', 'name']) end as failed_element,
    case case_number when 20001 then 'missing' when 20002 then 'invalid' when 20003 then 'invalid' when 20005 then 'missing' when 20006 then 'invalid'
        else chosen('information_fault', policy_id, ['missing', 'invalid', 'invalid']) end as fault,
    -- Two in three are put right within a month.
    case when failed and (case_number = 20003 or (case_number is null and uniform('information_corrected', policy_id) < 0.66))
        then issue_date + whole('information_days', policy_id, 2, 26)::integer end as corrected_date
from sales;

create table delivery.compliance__information_check as
with versions as (
    select distinct policy_number, delivered_yearly(happened) as dt
    from (select policy_number, unnest([issue_date, corrected_date]) as happened from world.information_check)
    where happened <= as_of()
),

states as (
    select versions.dt, information_check.*, failed and coalesce(corrected_date > versions.dt, true) as is_faulty
    from versions
    inner join world.information_check on information_check.policy_number = versions.policy_number
)

select
    dt,
    policy_number,
    issue_date as checked_date,
    if(is_faulty and failed_element = 'name', fault, 'passed') as name_result,
    if(is_faulty and failed_element = 'id_number', fault, 'passed') as id_number_result,
    if(is_faulty and failed_element = 'mobile', fault, 'passed') as mobile_result,
    if(is_faulty and failed_element = 'address', fault, 'passed') as address_result,
    case when corrected_date <= dt then corrected_date end as corrected_date,
    is_faulty and uniform('withheld', policy_id) < 0.8 as is_commission_withheld
from states;

-- Who asked for a change. Dates of birth are corrected for one customer in five hundred, none of them near sixty.
create table world.customer_change as
with ordinary as (
    select record_id, customer_id, changed_date, case when uniform('changed_element', record_id) < 0.7 then 'mobile_number' else 'postal_address' end as changed_element
    from world.customer
    where changed_date is not null and changed_date <= as_of()
    union all
    select 500000000 + record_id, customer_id, registered_date + floor(uniform('birth_change_day', record_id) * (as_of() - registered_date))::integer, 'birth_date'
    from world.customer
    where not is_planted and not is_legal and birth_date > date '1975-01-01' and uniform('birth_change', record_id) < 0.002
),

planted as (
    select
        900000000 + policy.policy_id as record_id,
        policy.customer_id,
        policy.effective_date - cases.days_before as changed_date,
        cases.changed_element,
        policy.employee_code
    from (
        values (9001, 10, 'birth_date'), (9002, 30, 'birth_date'), (9003, 31, 'birth_date'), (9004, 10, 'birth_date'), (9005, 10, 'birth_date'), (9006, 10, 'mobile_number')
    ) as cases(case_number, days_before, changed_element)
    inner join world.planted_policy on planted_policy.case_number = cases.case_number
    inner join world.policy on policy.planted_number = planted_policy.planted_number
)

select
    record_id,
    customer_id,
    changed_element,
    changed_date,
    case when uniform('changed_by', record_id) < 0.8 then 'customer' else 'service_staff' end as requested_by,
    null::varchar as employee_code
from ordinary
union all
select record_id, customer_id, changed_element, changed_date, 'salesperson', employee_code from planted;

create table delivery.compliance__customer_change as
select
    delivered_yearly(changed_date) as dt,
    'CH' || lpad(record_id::varchar, 10, '0') as change_number,
    customer_id,
    changed_element,
    requested_by,
    employee_code,
    chosen('change_channel', record_id, ['app', 'app', 'wechat', 'phone', 'counter']) as request_channel,
    changed_date
from world.customer_change;

-- Bonus and gifts beside commission, and the cash value the contract shows at the end of the first year. Rule CR14: together with
-- first-year commission the fourteenth cases reach the premium, miss it by a fen, exceed it, or reach it in the second year only.
create table world.policy_incentive as
with first_year as (
    select policy_id, sum(commission_amount) as commission_amount from world.commission where policy_year = 1 group by all
),

ordinary as (
    select
        policy_id, policy_number, null::integer as case_number, premium_amount, issue_date,
        round(premium_amount * (0.02 + 0.06 * uniform('bonus', policy_id)), 2) as bonus_amount,
        case when uniform('gift', policy_id) < 0.3 then round(premium_amount * 0.02 * uniform('gift_amount', policy_id), 2) else 0 end as gift_amount,
        round(premium_amount * (0.12 + 0.18 * uniform('first_cash_value', policy_id)), 2) as first_cash_value_amount
    from world.policy
    where is_long_term and not is_planted and payment_term_years >= 3 and channel_code in ('AGENCY', 'BROKER') and uniform('has_incentive', policy_id) < 0.3
),

planted as (
    select
        policy.policy_id, policy.policy_number, planted_policy.case_number, policy.premium_amount, policy.issue_date, round(policy.premium_amount * 0.10, 2) as bonus_amount,
        200.00 as gift_amount,
        policy.premium_amount * case planted_policy.case_number when 14003 then 1.15 when 14004 then 0.97 else 1 end - if(planted_policy.case_number = 14002, 0.01, 0)
        - first_year.commission_amount - round(policy.premium_amount * 0.10, 2) - 200.00 as first_cash_value_amount
    from world.planted_policy
    inner join world.policy on policy.planted_number = planted_policy.planted_number
    inner join first_year on first_year.policy_id = policy.policy_id
    where planted_policy.case_number between 14001 and 14004
)

select * from ordinary union all select * from planted;

create table delivery.compliance__policy_incentive as
select delivered_yearly(issue_date + 20) as dt, policy_number, bonus_amount::decimal(18, 2) as bonus_amount, gift_amount::decimal(18, 2) as gift_amount,
    first_cash_value_amount::decimal(18, 2) as first_cash_value_amount, issue_date + 20 as granted_date
from world.policy_incentive
where issue_date + 20 <= as_of();

-- The planted months of rule CR08 hold the recordings that were meant to fail, no others.
delete from world.recording
where final_result = 'failed'
    and policy_id in (select 90000000 + planted_number from world.planted_policy where recording = 'passed');
delete from delivery.compliance__dual_recording
where recording_number not in (select recording_number from world.recording);

-- Complaints of rule CR30: the whole premium is asked back 90 or 91 days after the first commission was paid.
create table world.planted_complaint as
select
    'TS' || strftime(commission.paid_date + cases.days_after, '%Y%m%d') || '9' || cases.case_number::varchar as complaint_number,
    cases.case_number, policy.customer_id, policy.policy_number, policy.organisation_code, policy.channel_code, cases.reason_code,
    commission.paid_date + cases.days_after as received_date,
    commission.paid_date + cases.days_after + 15 as due_date,
    commission.paid_date + cases.days_after + 9 as closed_date
from (values (30001, 90, 'full_refund'), (30002, 91, 'full_refund'), (30003, 60, 'full_refund'), (30004, 61, 'service_attitude')) as cases(case_number, days_after, reason_code)
inner join world.planted_policy on planted_policy.case_number = cases.case_number
inner join world.policy on policy.planted_number = planted_policy.planted_number
inner join world.commission on commission.policy_id = policy.policy_id and commission.policy_year = 1;

insert into delivery.contact_centre__complaint by name
with versions as (
    select distinct complaint_number, delivered_on(happened) as dt
    from (select complaint_number, unnest([received_date, closed_date]) as happened from world.planted_complaint)
    where happened <= as_of()
)

select
    versions.dt, complaint.complaint_number, complaint.customer_id, complaint.policy_number, complaint.organisation_code, complaint.channel_code,
    'direct' as complaint_source, 'simple' as complexity, complaint.reason_code, complaint.received_date, complaint.due_date,
    case when complaint.closed_date <= versions.dt then complaint.closed_date end as closed_date
from versions
inner join world.planted_complaint as complaint on complaint.complaint_number = versions.complaint_number;
