-- What was planted in call-backs and complaints: rules CR21, CR25, CR26, CR28 and CR34.
insert into truth.planted_cases
select
    'CR21', planted_contact_change.case_number, case_kind, case when case_kind = 'fire' then 'red' end, 'policy', policy.policy_number, policy.organisation_code,
    policy.issue_date, explanation, policy.policy_number
from world.planted_contact_change
inner join world.policy on policy.policy_id = planted_contact_change.policy_id;

-- A buyer may also change the number of his customer record in the days after a purchase while somebody else takes the call-back.
insert into truth.planted_cases
select
    'CR21', 2199, 'fire', 'red', 'policy', policy.policy_number, policy.organisation_code, policy.issue_date, 'number of the customer record changed in the ordinary course',
    policy.policy_number
from world.customer
inner join world.policy on policy.customer_id = customer.customer_id
where customer.changed_date between policy.issue_date and policy.issue_date + 15
    and policy.policy_id in (select policy_id from world.policy_callback where not is_answered_by_holder)
    and policy.policy_id not in (select policy_id from world.planted_contact_change);

insert into truth.planted_cases
select
    'CR25', denial_case, if(denial_case in (2501, 2503), 'fire', 'silent'), if(denial_case in (2501, 2503), 'red', null), 'intermediary',
    intermediary_code || '/' || year(attempted_date), min(organisation_code), max(attempted_date),
    case denial_case
        when 2501 then 'more than eight in a hundred buyers of a year say that they did not buy through the intermediary'
        when 2502 then 'boundary: exactly five in a hundred buyers of a year deny'
        when 2503 then 'boundary: one buyer more than five in a hundred denies'
        else 'near miss: one in ten is not sure, three in a hundred deny'
    end,
    coalesce(string_agg(attempt_number, ' ' order by attempt_number) filter (intermediary_answer = 'no'), '')
from world.policy_callback
where denial_case is not null and intermediary_answer is not null
group by denial_case, intermediary_code, year(attempted_date);

-- The subject is the intermediary or the salesperson; the business date is that of the last complaint of the case.
insert into truth.planted_cases
select
    complaint_case.rule_code, complaint_case.case_number, complaint_case.case_kind, complaint_case.severity,
    case when complaint_case.rule_code = 'CR28' then 'complaint_group' else complaint_case.seller_kind end,
    coalesce(complaint_case.seller_code, min(complaint.complaint_number)),
    min(complaint.organisation_code), max(complaint.received_date), complaint_case.explanation,
    string_agg(complaint.complaint_number, ' ' order by complaint.complaint_number)
from world.complaint_case
inner join world.complaint on complaint.case_number = complaint_case.case_number
group by complaint_case.rule_code, complaint_case.case_number, complaint_case.case_kind, complaint_case.severity, complaint_case.seller_kind,
    complaint_case.seller_code, complaint_case.explanation;

insert into truth.planted_cases
select
    'CR34', month_case, if(month_case in (3401, 3402), 'fire', 'silent'), if(month_case in (3401, 3402), 'red', null), 'organisation_month',
    organisation_code || '/' || strftime(issue_date, '%Y-%m'), organisation_code, last_day(min(issue_date)),
    case month_case
        when 3401 then 'less than 95 in a hundred buyers of a month reached within the free-look period'
        when 3402 then 'boundary: too many buyers of a month reached one day after the free-look period'
        when 3403 then 'boundary: as many buyers of a month reached on the last day of the free-look period'
        else 'near miss: as many buyers of a month never reached as 95 in a hundred allow'
    end,
    ''
from world.policy_callback
where month_case is not null
group by month_case, organisation_code, strftime(issue_date, '%Y-%m');

insert into truth.planted_cases
select
    'CR34', problem_case, if(problem_case in (3405, 3408), 'fire', 'silent'), if(problem_case in (3405, 3408), 'red', null), 'callback', attempt_number, organisation_code,
    attempted_date,
    case problem_case when 3405 then 'problem open for four days' when 3406 then 'boundary: problem open for three days' when 3407 then 'boundary: problem settled on the third day'
        else 'boundary: problem settled on the fourth day' end,
    attempt_number
from world.policy_callback
where problem_case is not null and call_result = 'problem';
