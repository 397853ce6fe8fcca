-- Planted cases of sales conduct, fees, self policies, intermediaries and money laundering: case = rule number * 1000 + n.
create table world.compliance_note as
from (
    values
    ('CR03', 3001, 'fire', 'red', 'registration cancelled before the sale'),
    ('CR03', 3002, 'fire', 'red', 'boundary: registration expired the day before the sale'),
    ('CR03', 3003, 'silent', null, 'boundary: sold on the last day of the registration'),
    ('CR03', 3004, 'fire', 'red', 'registered for another province'),
    ('CR03', 3005, 'silent', null, 'near miss: suspended, and registered anew before the sale'),
    ('CR04', 4001, 'fire', 'red', 'the policyholder lives in a province the agency may not sell in'),
    ('CR04', 4002, 'fire', 'red', 'a product that is not on the list of the agency'),
    ('CR04', 4003, 'silent', null, 'near miss: another city of an authorised province'),
    ('CR04', 4004, 'silent', null, 'boundary: sold on the last day the product was authorised'),
    ('CR04', 4005, 'fire', 'red', 'boundary: sold the day before the product was authorised'),
    ('CR04', 4006, 'silent', null, 'near miss: sold online to another province'),
    ('CR09', 9001, 'fire', 'red', 'age 59, date of birth changed ten days before cover began'),
    ('CR09', 9002, 'fire', 'red', 'boundary: age 60, date of birth changed 30 days before cover began'),
    ('CR09', 9003, 'silent', null, 'boundary: date of birth changed 31 days before cover began'),
    ('CR09', 9004, 'silent', null, 'boundary: age 58'),
    ('CR09', 9005, 'silent', null, 'boundary: age 61'),
    ('CR09', 9006, 'silent', null, 'near miss: the telephone number was changed, not the date of birth'),
    ('CR09', 9011, 'fire', 'red', 'three of ten policies were bought by children for their parents'),
    ('CR09', 9012, 'silent', null, 'boundary: two of ten policies were bought by children for their parents'),
    ('CR12', 12001, 'silent', null, 'boundary: exactly 9 % on a term of three years'),
    ('CR12', 12002, 'fire', 'yellow', 'boundary: a fen over 14 % on a term of five years'),
    ('CR12', 12003, 'fire', 'yellow', '24 % on a term of ten years'),
    ('CR12', 12004, 'silent', null, 'near miss: at the filed cap of 16 % on a term of ten years'),
    ('CR10', 12002, 'fire', 'red', 'boundary: one fen over the cap, as in rule CR12'),
    ('CR10', 12003, 'fire', 'red', 'half as much again as the cap, as in rule CR12'),
    ('CR14', 14001, 'fire', 'red', 'boundary: commission, bonus, gifts and cash value equal the first-year premium'),
    ('CR14', 14002, 'silent', null, 'boundary: a fen below the first-year premium'),
    ('CR14', 14003, 'fire', 'red', '115 % of the first-year premium'),
    ('CR14', 14004, 'silent', null, 'near miss: reaches the premium with the commission of the second year only'),
    ('CR15', 15001, 'fire', 'yellow', 'the salesperson is the policyholder'),
    ('CR15', 15002, 'fire', 'yellow', 'the spouse of the salesperson is the policyholder'),
    ('CR15', 15003, 'silent', null, 'near miss: a sister of the salesperson is the policyholder'),
    ('CR15', 15004, 'fire', 'yellow', 'a child of the salesperson is insured'),
    ('CR15', 15005, 'fire', 'yellow', 'the mother of the salesperson is beneficiary'),
    ('CR16', 16001, 'fire', 'yellow', 'another salesperson of the province is the policyholder'),
    ('CR16', 16002, 'silent', null, 'near miss: a salesperson of another province is the policyholder'),
    ('CR16', 16003, 'silent', null, 'near miss: an employee who sells nothing is the policyholder'),
    ('CR16', 16004, 'silent', null, 'near miss: a salesperson who had left is the policyholder'),
    ('CR16', 16005, 'fire', 'yellow', 'another salesperson of the province is insured'),
    ('CR17', 17001, 'silent', null, 'boundary: exactly 30 % of the last three months are self policies'),
    ('CR17', 17002, 'fire', 'red', 'boundary: a fen over 30 %'),
    ('CR18', 18001, 'fire', 'red', 'two of three self policies lie one day and, boundary, five days before the assessment'),
    ('CR18', 18002, 'silent', null, 'boundary: one of two self policies lies five days before the assessment, the other six'),
    ('CR20', 20001, 'fire', 'red', 'address missing'),
    ('CR20', 20002, 'fire', 'red', 'identity number does not verify'),
    ('CR20', 20003, 'silent', null, 'near miss: name did not verify, put right since'),
    ('CR20', 20005, 'fire', 'red', 'name missing'),
    ('CR20', 20006, 'fire', 'red', 'telephone number does not verify'),
    ('CR20', 20004, 'silent', null, 'near miss: everything verified at once'),
    ('CR22', 22001, 'fire', 'red', 'entered by an employee of direct sales, sold for an agency'),
    ('CR22', 22002, 'fire', 'red', 'entered on a device of the company, sold for an agency'),
    ('CR22', 22003, 'fire', 'red', 'entered from the network of direct sales, sold for an agency'),
    ('CR22', 22004, 'fire', 'red', 'quoted by direct sales, sold for an agency'),
    ('CR22', 22005, 'silent', null, 'near miss: account, device, network and quote of the agency'),
    ('CR22', 22006, 'silent', null, 'near miss: device of the company, sold by direct sales'),
    ('CR22', 22007, 'fire', 'red', 'entered by office staff, sold for an agency'),
    ('CR22', 22008, 'silent', null, 'near miss: entered by the bank specialist, sold for a bank'),
    ('CR30', 30001, 'fire', 'red', 'boundary: whole premium asked back 90 days after commission on a self policy'),
    ('CR30', 30002, 'silent', null, 'boundary: 91 days after commission'),
    ('CR30', 30003, 'silent', null, 'near miss: whole premium asked back on an ordinary policy'),
    ('CR30', 30004, 'silent', null, 'near miss: complaint about service on a self policy'),
    ('CR36', 36001, 'fire', 'yellow', 'boundary: exactly 500,000 by transfer'),
    ('CR36', 36002, 'silent', null, 'boundary: 499,999.99 by transfer'),
    ('CR36', 36003, 'fire', 'yellow', '300,000 and 200,000 on one day'),
    ('CR36', 36004, 'fire', 'yellow', 'boundary: 200,000 across the border'),
    ('CR36', 36005, 'silent', null, 'boundary: 199,999.99 across the border'),
    ('CR36', 36006, 'fire', 'yellow', 'boundary: 2,000,000 of a legal person'),
    ('CR36', 36007, 'silent', null, 'near miss: 1,999,999.99 of a legal person'),
    ('CR38', 38001, 'fire', 'red', 'boundary: 200,000 surrendered on day 90'),
    ('CR38', 38002, 'silent', null, 'boundary: 199,999.99 surrendered on day 90'),
    ('CR38', 38003, 'silent', null, 'boundary: 200,000 surrendered on day 91'),
    ('CR38', 38004, 'fire', 'red', 'three policies bought and surrendered within twelve months'),
    ('CR38', 38005, 'silent', null, 'boundary: two policies bought and surrendered, a third kept'),
    ('CR38', 38006, 'fire', 'red', 'refund to the account of a third party'),
    ('CR38', 38007, 'silent', null, 'near miss: refund to an own account that was not on file'),
    ('CR39', 39001, 'fire', 'red', 'boundary: five policies of different days surrendered within seven days'),
    ('CR39', 39002, 'silent', null, 'boundary: five policies surrendered within eight days'),
    ('CR39', 39003, 'silent', null, 'boundary: four policies'),
    ('CR39', 39004, 'fire', 'red', 'five policies bought within seven days, surrendered on different days'),
    ('CR39', 39005, 'silent', null, 'near miss: five policies bought on one day and surrendered on one day'),
    ('CR40', 40001, 'fire', 'red', 'boundary: 20,000 of cash premium without identification'),
    ('CR40', 40002, 'silent', null, 'boundary: 19,999.99 of cash premium without identification'),
    ('CR40', 40003, 'fire', 'red', 'boundary: refund of 10,000 without identification'),
    ('CR40', 40004, 'silent', null, 'boundary: refund of 9,999.99 without identification'),
    ('CR40', 40005, 'fire', 'red', '30,000 of cash premium, documents missing'),
    ('CR40', 40006, 'silent', null, 'near miss: 31,000 of cash premium, identified'),
    ('CR40', 38002, 'silent', null, 'boundary: 199,999.99 by transfer without identification'),
    ('CR40', 38003, 'fire', 'red', 'boundary: 200,000 by transfer without identification')
) as notes(rule_code, case_number, case_kind, severity, explanation);

insert into truth.planted_cases by name
with cases as (
    select
        planted_policy.case_number,
        policy.policy_number,
        policy.customer_id,
        policy.employee_code,
        policy.organisation_code,
        policy.issue_date,
        policy.payment_term_years,
        commission.commission_number,
        identification.diligence_number
    from world.planted_policy
    inner join world.policy on policy.planted_number = planted_policy.planted_number
    left join world.commission on commission.policy_id = policy.policy_id and commission.policy_year = 1
    left join (
        select 'KY' || business_number as diligence_number, policy_number, case_number, business_kind
        from world.identification
        where (case_number in (40003, 40004)) = (business_kind = 'surrender')
    ) as identification on identification.policy_number = policy.policy_number and identification.case_number = planted_policy.case_number
),

named as (
    select
        note.*,
        cases.* exclude (case_number),
        case
            when note.rule_code in ('CR10', 'CR12') then 'commission' when note.rule_code = 'CR40' then 'due_diligence' when note.rule_code in ('CR36', 'CR38', 'CR39') then 'customer'
            when note.rule_code in ('CR17', 'CR18') or note.case_number in (9011, 9012) then 'salesperson' else 'policy'
        end as subject_kind
    from world.compliance_note as note
    inner join cases on cases.case_number = note.case_number
)

select rule_code, case_number, case_kind, severity, subject_kind,
    min(case
        when subject_kind = 'commission' then commission_number
        when subject_kind = 'due_diligence' then diligence_number
        when rule_code = 'CR36' then customer_id || '/' || issue_date::varchar
        when subject_kind = 'customer' then customer_id
        when case_number in (9011, 9012) then employee_code || '/' || year(issue_date) || '-Q' || quarter(issue_date)
        when subject_kind = 'salesperson' then employee_code
        else policy_number end) as subject_code,
    min(organisation_code) as organisation_code, max(issue_date) as business_date, explanation,
    string_agg(distinct case when subject_kind = 'commission' then commission_number else policy_number end, ' '
        order by case when subject_kind = 'commission' then commission_number else policy_number end) as record_codes
from named
group by rule_code, case_number, case_kind, severity, subject_kind, explanation
union all
select note.rule_code, note.case_number, note.case_kind, note.severity, 'customer', transfer.customer_id || '/' || transfer.transferred_date::varchar, transfer.organisation_code,
    transfer.transferred_date, note.explanation, transfer.customer_id
from world.compliance_note as note
inner join world.fund_transfer as transfer on transfer.case_number = note.case_number
where note.case_number in (36006, 36007);

-- Insured persons and beneficiaries of rules CR15 and CR16, as long as policies name the policyholder only.
create table truth.planted_parties as
select planted_party.case_number, policy.policy_number, planted_party.role, planted_party.party_name, planted_party.id_number
from world.planted_party
inner join world.policy on policy.planted_number = planted_party.planted_number;
