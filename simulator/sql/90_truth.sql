-- What was planted, for tests and for people who want to see how well a rule finds it. Never loaded.
create table truth.planted_cases as
with policy_cases as (
    select
        planted_policy.case_number,
        planted_policy.planted_number,
        planted_policy.issue_date,
        planted_policy.surrender_day,
        policy.policy_number,
        policy.customer_id,
        policy.organisation_code,
        policy.channel_code,
        policy.product_code,
        commission.commission_number,
        commission.paid_date
    from world.planted_policy
    inner join world.policy on policy.planted_number = planted_policy.planted_number
    left join world.commission on commission.policy_number = policy.policy_number and commission.policy_year = 1
),

notes(rule_code, case_number, case_kind, severity, explanation) as (
    values
    ('CR07', 101, 'fire', 'red', 'bank sale of more than one year without a recording'),
    ('CR07', 102, 'fire', 'red', 'bank sale whose only recording failed the quality check'),
    ('CR07', 103, 'fire', 'red', 'bank sale whose recording is still to be checked after the day after issue'),
    ('CR07', 104, 'fire', 'red', 'boundary: policyholder turned 60 on the day of application, tied agency, no recording'),
    ('CR07', 105, 'silent', null, 'boundary: policyholder turns 60 the day after application, tied agency'),
    ('CR07', 106, 'silent', null, 'boundary: bank sale of exactly one year'),
    ('CR07', 107, 'silent', null, 'boundary: bank sale issued on the as-of day, the day after is not over'),
    ('CR07', 108, 'silent', null, 'near miss: first recording failed, second passed'),
    ('CR07', 109, 'fire', 'red', 'own online sale to a person of 66 without a recording'),
    ('CR07', 110, 'silent', null, 'near miss: person of 35, tied agency, no recording required'),
    ('CR10', 201, 'silent', null, 'boundary: exactly at the cap'),
    ('CR10', 202, 'fire', 'red', 'boundary: one fen over the cap'),
    ('CR10', 203, 'fire', 'red', 'half as much again as the cap'),
    ('CR10', 204, 'silent', null, 'near miss: over the new cap, paid while the old one held'),
    ('CR10', 205, 'fire', 'red', 'under the old cap, paid when the new one held'),
    ('CR35', 301, 'fire', 'red', 'boundary: exactly 50,000 in cash'),
    ('CR35', 302, 'fire', 'red', 'two policies of one person on one day, 55,000 in cash'),
    ('CR35', 303, 'silent', null, 'boundary: 49,999.99 in cash'),
    ('CR35', 304, 'silent', null, 'near miss: 80,000 by transfer'),
    ('CR35', 305, 'silent', null, 'near miss: 55,000 in cash on two days'),
    ('CR35', 312, 'fire', 'red', 'one person at two companies on one day: 30,000 premium and 25,000 account cash'),
    ('CR37', 303, 'silent', null, 'near miss: one receipt just below 50,000'),
    ('CR37', 305, 'fire', 'red', '30,000 and 25,000 in cash on two days running'),
    ('CR37', 306, 'fire', 'red', 'boundary: twice exactly 45,000 in cash, two days apart'),
    ('CR37', 307, 'fire', 'red', 'twice 47,000 by transfer on two days running'),
    ('CR37', 308, 'silent', null, 'boundary: 49,999.98 in cash on two days running'),
    ('CR37', 309, 'silent', null, 'near miss: 55,000 in cash five days apart'),
    ('CR37', 310, 'silent', null, 'near miss: 46,000 and 3,000 in cash on two days running'),
    ('CR37', 301, 'silent', null, 'near miss: 50,000 at once is large cash, not split'),
    ('CR19', 401, 'fire', 'red', 'one number, three persons of no household'),
    ('CR19', 411, 'silent', null, 'near miss: one number, three persons of one household'),
    ('CR19', 421, 'silent', null, 'boundary: one number, two persons'),
    ('CR19', 431, 'fire', 'red', 'number of a salesperson'),
    ('CR19', 441, 'silent', null, 'near miss: the salesperson is the customer'),
    ('CR19', 451, 'silent', null, 'near miss: one person with records at three companies'),
    ('CR19', 461, 'silent', null, 'near miss: number of an employee who sells nothing'),
    ('CR19', 471, 'fire', 'red', 'one number, three persons of whom two share a household'),
    ('CR29', 2901, 'fire', 'red', '6 of 24 surrendered on day 35'),
    ('CR29', 2902, 'fire', 'red', 'boundary: 4 of 26 surrendered on day 60'),
    ('CR29', 2903, 'silent', null, 'boundary: 3 of 20 is exactly 15 %'),
    ('CR29', 2904, 'silent', null, 'boundary: 19 policies are too few'),
    ('CR29', 2905, 'silent', null, 'boundary: 5 of 20 surrendered on day 61'),
    ('CR29', 2906, 'silent', null, 'near miss: 6 of 25 surrendered, no commission paid')
),

-- Cases 401 to 403, 411 to 413 and so on are one case each: one number, several people.
grouped as (
    select *, case when case_number between 401 and 473 then (case_number // 10) * 10 + 1 else case_number end as told_as from policy_cases
)

select
    notes.rule_code,
    notes.case_number,
    notes.case_kind,
    notes.severity,
    case notes.rule_code when 'CR07' then 'policy' when 'CR10' then 'commission' when 'CR29' then 'cohort' else 'customer' end as subject_kind,
    case notes.rule_code
        when 'CR07' then min(grouped.policy_number)
        when 'CR10' then min(grouped.commission_number)
        when 'CR29' then min(grouped.channel_code || '/' || grouped.organisation_code || '/' || strftime(grouped.issue_date, '%Y-%m'))
        else min(grouped.customer_id)
    end as subject_code,
    min(grouped.organisation_code) as organisation_code,
    min(case when notes.rule_code = 'CR10' then grouped.paid_date else grouped.issue_date end) as business_date,
    notes.explanation,
    string_agg(distinct case notes.rule_code when 'CR10' then grouped.commission_number when 'CR19' then grouped.customer_id else grouped.policy_number end, ' '
        order by case notes.rule_code when 'CR10' then grouped.commission_number when 'CR19' then grouped.customer_id else grouped.policy_number end) as record_codes
from notes
inner join grouped on grouped.told_as = notes.case_number
group by notes.rule_code, notes.case_number, notes.case_kind, notes.severity, notes.explanation
union all
select 'CR01', 1000 + row_number() over (order by licence_number), case_kind, severity, 'licence', licence_number, organisation_code, expiry_date, explanation,
    licence_number || ' ' || intermediary_code
from world.intermediary_licence
where case_kind is not null
union all
select
    'CR27', cases.case_number, cases.case_kind, cases.severity, 'complaint', complaint.complaint_number, complaint.organisation_code, complaint.due_date,
    cases.explanation, complaint.complaint_number
from (
    values
    (2701, 'fire', 'yellow', 'boundary: open, three days left'), (2702, 'fire', 'yellow', 'boundary: open, due on the as-of day'),
    (2703, 'silent', null, 'boundary: open, four days left'), (2704, 'fire', 'red', 'open, due the day before'),
    (2705, 'silent', null, 'boundary: closed on the due day'), (2706, 'fire', 'red', 'boundary: closed one day late'),
    (2707, 'silent', null, 'near miss: open, twelve days left of sixty'), (2708, 'silent', null, 'near miss: due in two days, already closed')
) as cases(case_number, case_kind, severity, explanation)
inner join world.complaint on complaint.case_number = cases.case_number
union all
-- The time limits are in force since March 2020: what was received before is late, but breaks no rule.
select
    'CR27', 2799, if(received_date >= date '2020-03-01', 'fire', 'silent'), if(received_date >= date '2020-03-01', 'red', null), 'complaint',
    complaint_number, organisation_code, due_date,
    if(received_date >= date '2020-03-01', 'closed late in the ordinary course', 'closed late before the rule was in force'), complaint_number
from world.complaint
where is_late and closed_date <= as_of()
union all
select
    cases.rule_code, cases.case_number, 'fire', 'red', 'customer', min(payment_order.customer_id), 'PAY', min(payment_order.order_date), cases.explanation,
    string_agg(payment_order.order_number, ' ' order by payment_order.order_number)
from (
    values ('CR35', 311, '60,000 in cash at a counter of the account company'), ('CR37', 313, '20,000 in cash on three days running')
) as cases(rule_code, case_number, explanation)
inner join world.payment_order on payment_order.person_id = 90000000 + cases.case_number
group by cases.rule_code, cases.case_number, cases.explanation;

create table truth.reconciliation_breaks as
select break_kind, order_number, line_number, order_date, order_amount, case when break_kind <> 'missing_at_bank' then amount end as bank_amount
from world.bank_line
where break_kind is not null;

create table truth.clearing_errors as
select coalesce(error_kind, 'settled_late') as error_kind, entry_number, order_number, right_payee, payee_organisation_code as cleared_payee, right_amount,
    amount as cleared_amount, due_date, settled_date
from world.clearing_entry
where error_kind is not null or is_late;

-- Which customer records belong to one person: the true identity behind different details.
create table truth.same_person as
select customer_id, company_code, person_id, household
from world.customer
where not is_legal;

create table truth.deliveries as
select 'late_file' as kind, 'contact_centre/contact' as entity, as_of() - 13 as dt,
    'contacts of ' || (as_of() - 15)::varchar || ' were delivered two days late, in a file of their own' as explanation
union all
select 'corrected_file', 'policy_admin/premium_payment', max(dt),
    'three amounts of the first version were a hundred times too large; landing holds the correction, truth/superseded the first version'
from superseded.policy_admin__premium_payment
union all
select 'claim_before_policy', 'claims/claim', reported_date, 'claim ' || claim_number || ' is delivered a day before its policy ' || policy_number
from world.held_back;

-- Truth of lending: what the outcome follows from, the hidden part included.
create table truth.borrower_outcomes as
select borrower_number, observation_date, is_bad, round(visible_logit, 6) as visible_logit from world.borrower;
