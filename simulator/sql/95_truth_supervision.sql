-- Planted cases that are no policies: agreements, insurance, spending, vendors, contracts, criminal cases, exports, months of sales.
insert into truth.planted_cases by name
with intermediary_notes(rule_code, intermediary_code, case_kind, severity, explanation) as (
    values
    ('CR02', 'AGENCY51', 'fire', 'yellow', 'boundary: agreement ends in 60 days, no renewal'),
    ('CR02', 'AGENCY52', 'silent', null, 'boundary: agreement ends in 61 days, no renewal'),
    ('CR02', 'AGENCY53', 'silent', null, 'near miss: agreement ends in 20 days, renewal signed'),
    ('CR02', 'AGENCY54', 'fire', 'red', 'agreement ended twelve days ago, a policy was sold since'),
    ('CR02', 'AGENCY55', 'silent', null, 'near miss: agreement ended twelve days ago, the last policy was sold that day'),
    ('CR02', 'AGENCY56', 'fire', 'yellow', 'boundary: agreement ends on the as-of day'),
    ('CR06', 'AGENCY51', 'fire', 'red', 'boundary: liability insurance ends in 30 days'),
    ('CR06', 'AGENCY52', 'silent', null, 'boundary: liability insurance ends in 31 days'),
    ('CR06', 'AGENCY53', 'fire', 'red', 'liability insurance ended three days ago'),
    ('CR06', 'AGENCY54', 'fire', 'red', 'deposit ends in ten days'),
    ('CR06', 'AGENCY55', 'silent', null, 'near miss: liability insurance ends in 15 days, the next one is signed')
),

-- The running agreement or insurance is the one the case is about; of what was renewed, the one that ends.
current_agreements as (
    select * from world.intermediary_agreement where terms_ago = 0
),

current_securities as (
    select *, row_number() over (partition by intermediary_code, security_kind order by valid_to_date desc) as latest
    from world.intermediary_security
    where valid_from_date <= as_of() and days_left is not null
),

spending as (
    select distinct case_number, channel_code, product_code, period_end_date from world.sales_spending where case_number is not null
),

exports as (
    select case_number, min(employee_code) as employee_code, min(exported_at::date) as exported_date, string_agg('EX' || lpad(export_id::varchar, 8, '0'), ' ' order by export_id) as codes
    from world.data_export where case_number is not null group by all
)

select note.rule_code, 2000 + right(note.intermediary_code, 2)::integer as case_number, note.case_kind, note.severity, 'agreement' as subject_kind,
    agreement.agreement_number as subject_code, 'LIFE_BJ' as organisation_code, agreement.valid_to_date as business_date, note.explanation,
    agreement.agreement_number || ' ' || note.intermediary_code as record_codes
from intermediary_notes as note
inner join current_agreements as agreement on agreement.intermediary_code = note.intermediary_code
where note.rule_code = 'CR02'
union all
select note.rule_code, 6000 + right(note.intermediary_code, 2)::integer, note.case_kind, note.severity, 'security', security.security_number, 'LIFE_BJ', security.valid_to_date,
    note.explanation, security.security_number || ' ' || note.intermediary_code
from intermediary_notes as note
inner join current_securities as security on security.intermediary_code = note.intermediary_code and security.latest = 1
where note.rule_code = 'CR06'
union all
select 'CR11', notes.case_number, notes.case_kind, notes.severity, 'spending', channel_code || '/' || product_code || '/' || period_end_date::varchar, 'LIFE', period_end_date,
    notes.explanation, null
from (
    values
    (11001, 'silent', null, 'boundary: exactly the filed ratio'), (11002, 'fire', 'red', 'boundary: a fen over the filed ratio'),
    (11003, 'fire', 'red', 'an eighth over the filed ratio'), (11004, 'silent', null, 'near miss: over the ratio filed for the next year')
) as notes(case_number, case_kind, severity, explanation)
inner join spending on spending.case_number = notes.case_number
union all
select 'CR13', notes.case_number, notes.case_kind, notes.severity, 'vendor_payment', 'VP' || lpad(payment.payment_id::varchar, 9, '0'), null, payment.paid_date, notes.explanation,
    payment.related_intermediary_code
from (
    values
    (13001, 'fire', 'red', 'issuing fee to a vendor that belongs to an agency'), (13002, 'fire', 'red', 'information fee to a broker'),
    (13003, 'silent', null, 'near miss: publicity fee to an unrelated vendor'), (13004, 'silent', null, 'boundary: publicity fee of 0.00 to a vendor that belongs to an agency'),
    (13005, 'fire', 'red', 'boundary: publicity fee of one fen to a vendor that belongs to an agency'), (13006, 'silent', null, 'near miss: rent to a vendor that belongs to an agency')
) as notes(case_number, case_kind, severity, explanation)
inner join world.vendor_payment as payment on payment.case_number = notes.case_number
union all
select 'CR41', 41000 + contract_id % 1000, case_kind, severity, 'contract', contract_number, organisation_code, submitted_date, explanation, contract_number
from world.contract
where case_kind is not null
union all
select 'CR42', 42000 + case_id % 100, case_kind, severity, 'criminal_case', case_number, organisation_code, known_date, explanation, case_number
from world.criminal_case
where case_kind is not null
union all
select 'CR44', notes.case_number, notes.case_kind, notes.severity, 'account', employee_code || '/' || exported_date::varchar, null, exported_date, notes.explanation, codes
from (
    values
    (44001, 'fire', 'red', 'boundary: 501 records in a day'), (44002, 'silent', null, 'boundary: 500 records in a day'), (44003, 'fire', 'red', '300 and 250 records in a day'),
    (44004, 'fire', 'red', 'boundary: 51 records at night'), (44005, 'silent', null, 'boundary: 50 records at night'), (44006, 'silent', null, 'near miss: 800 records, none of a customer'),
    (44007, 'silent', null, 'boundary: 60 records a second before the end of working hours'), (44008, 'fire', 'red', 'boundary: 60 records at the end of working hours')
) as notes(case_number, case_kind, severity, explanation)
inner join exports on exports.case_number = notes.case_number
union all
select 'CR08', notes.case_number, notes.case_kind, notes.severity, 'organisation_month', 'LIFE/' || strftime(min(planted_policy.issue_date), '%Y-%m'), 'LIFE', min(planted_policy.issue_date),
    notes.explanation, null
from (
    values (8001, 'silent', null, 'boundary: 1 of 20 recordings failed'), (8002, 'fire', 'yellow', 'boundary: 2 of 20 recordings failed'), (8003, 'fire', 'red', '3 of 20 recordings failed')
) as notes(case_number, case_kind, severity, explanation)
inner join world.planted_policy on planted_policy.case_number = notes.case_number
group by notes.case_number, notes.case_kind, notes.severity, notes.explanation
union all
select 'CR23', notes.case_number, notes.case_kind, notes.severity, 'intermediary_month',
    planted_policy.intermediary_code || '/' || strftime(max(planted_policy.issue_date), '%Y-%m'), 'LIFE_BJ', max(planted_policy.issue_date), notes.explanation, null
from (
    values
    (23051, 'fire', 'red', 'boundary: two registered persons, premium grew by a fen over 300 %'), (23052, 'silent', null, 'boundary: two registered persons, premium grew by exactly 300 %'),
    (23053, 'silent', null, 'near miss: three registered persons, premium grew by 500 %'), (23056, 'fire', 'red', 'no outlet, premium grew by 400 %'),
    (23059, 'fire', 'red', 'two registered persons, premium of 2,050,000 in a month')
) as notes(case_number, case_kind, severity, explanation)
inner join world.planted_policy on planted_policy.case_number = notes.case_number
group by notes.case_number, notes.case_kind, notes.severity, notes.explanation, planted_policy.intermediary_code
union all
select 'CR24', notes.case_number, notes.case_kind, notes.severity, 'organisation_quarter',
    'LIFE/AGENCY60/' || year(min(planted_policy.issue_date)) || '-Q' || quarter(min(planted_policy.issue_date)), 'LIFE', min(planted_policy.issue_date), notes.explanation, null
from (
    values
    (24001, 'fire', 'red', 'two thirds of the premium of head office from one agency, at a rate far above the mean'),
    (24002, 'silent', null, 'boundary: exactly 60 % of the premium'), (24003, 'silent', null, 'near miss: two thirds of the premium or more, at a rate below the mean')
) as notes(case_number, case_kind, severity, explanation)
inner join world.planted_policy on planted_policy.case_number = notes.case_number
group by notes.case_number, notes.case_kind, notes.severity, notes.explanation;
