-- What was planted for the claim risk points. A case's subject is the claim that completes it, or the policy, hospital, town or agent
-- the rule is about; its records are all claims involved.
create table world.claim_case_note as
from (
    values
    (101, 'fire', 'single vehicle at 23:30'), (102, 'fire', 'boundary: 22:00 sharp'), (103, 'silent', 'boundary: 06:00 sharp'),
    (104, 'silent', 'near miss: at night, with a third party'), (105, 'silent', 'near miss: at night, somebody injured'),
    (201, 'fire', 'left the scene'), (202, 'fire', 'boundary: reported 5.1 km away'), (203, 'silent', 'boundary: reported exactly 5 km away'),
    (204, 'silent', 'near miss: waited at the scene, police came'), (301, 'fire', 'boundary: motor, day 7'), (302, 'silent', 'boundary: motor, day 8'),
    (303, 'fire', 'boundary: accident, day 30'), (304, 'silent', 'boundary: accident, day 31'), (305, 'fire', 'boundary: medical, day 30 after the waiting period'),
    (306, 'silent', 'boundary: medical, day 31 after the waiting period'), (401, 'fire', 'boundary: seven days before expiry, first claim of the year'),
    (402, 'silent', 'boundary: eight days before expiry'), (403, 'silent', 'near miss: four days before expiry, second claim of the year'),
    (501, 'fire', 'motor, 49 hours'), (502, 'silent', 'boundary: motor, exactly 48 hours'), (503, 'silent', 'near miss: motor, 60 hours with a reason'),
    (504, 'fire', 'accident, 241 hours'), (505, 'silent', 'boundary: accident, exactly ten days'), (601, 'fire', 'three claims of one car within twelve months'),
    (602, 'fire', 'boundary: the same zone twice'), (604, 'silent', 'near miss: two claims, different zones'), (701, 'fire', 'boundary: images alike at 0.9'),
    (702, 'silent', 'boundary: images alike at 0.8999'), (703, 'fire', 'the same part replaced twice within twelve months'),
    (704, 'silent', 'near miss: the same part repaired, then replaced'), (801, 'fire', 'photo 24.1 hours off'), (802, 'fire', 'photo 2.1 km off'),
    (803, 'fire', 'boundary: manipulation 0.8'), (804, 'silent', 'boundary: 24 hours, 2 km and 0.7999'), (901, 'fire', 'boundary: luxury, eight years, 1.2 times, first year'),
    (902, 'silent', 'boundary: a day short of eight years'), (903, 'silent', 'near miss: no luxury make'), (904, 'silent', 'boundary: 1.19 times'),
    (905, 'silent', 'near miss: insured with us for a year'), (1001, 'fire', 'boundary: five reported by one shop in 24 days'), (1002, 'silent', 'boundary: the fifth 32 days after the first'),
    (1003, 'fire', 'one phone, one reporter, three cars'), (1004, 'silent', 'boundary: one phone, two cars'), (1101, 'fire', 'boundary: one phone, three reporters in 90 days'),
    (1102, 'silent', 'boundary: one phone, the third reporter after 92 days'), (1103, 'silent', 'near miss: one phone, one reporter three times'),
    (1201, 'fire', 'paid to a stranger'), (1202, 'fire', 'one account, three insured in 60 days'), (1203, 'silent', 'near miss: repair shop, authorised'),
    (1204, 'silent', 'boundary: one account, two insured'), (1205, 'silent', 'boundary: one account, three insured in 96 days'), (1301, 'fire', 'first visit a day before inception'),
    (1302, 'fire', 'repaired three days before inception'), (1303, 'fire', 'insured at ten, loss at nine of the same day'), (1304, 'silent', 'near miss: insured at ten, loss at three in the afternoon'),
    (1305, 'silent', 'boundary: first visit on the day of inception'), (1401, 'fire', 'circulatory visit before inception, nothing declared'),
    (1402, 'silent', 'near miss: declared'), (1403, 'silent', 'near miss: visit for another system'), (1404, 'silent', 'boundary: a day more than 24 months before'),
    (1405, 'fire', 'boundary: exactly 24 months before'), (1501, 'fire', 'boundary: three insurers in 90 days'), (1502, 'fire', 'boundary: allowances of exactly 500 a day'),
    (1503, 'silent', 'boundary: three insurers in 91 days'), (1504, 'silent', 'boundary: allowances of 499 a day'), (1601, 'fire', 'boundary: 20 days for a sprain'),
    (1602, 'silent', 'boundary: 19 days for a sprain'), (1603, 'silent', 'near miss: 25 days for a fracture'), (1604, 'fire', 'spending elsewhere during the stay'),
    (1701, 'fire', 'cover just above twenty incomes'), (1702, 'silent', 'boundary: exactly twenty incomes'), (1703, 'fire', 'no income, more cover than the breadwinner'),
    (1704, 'silent', 'boundary: no income, as much cover as the breadwinner'), (1801, 'fire', 'boundary: exactly the limit'), (1802, 'fire', 'boundary: exactly 95 % of the limit'),
    (1803, 'silent', 'boundary: a fen below 95 %'), (1804, 'silent', 'boundary: a fen above the limit, examined'), (1901, 'fire', '100.1 km from home, no referral'),
    (1902, 'silent', 'boundary: exactly 100 km'), (1903, 'silent', 'near miss: 300 km, referred'), (2001, 'fire', 'nine claims in a hospital''s 30 days after none'),
    (2002, 'silent', 'boundary: seven claims are too few to judge'), (2101, 'fire', '20 insured of one town, seven claims'), (2102, 'silent', 'boundary: 19 insured, eight claims'),
    (2103, 'silent', 'boundary: 20 insured, six claims are exactly 30 %'), (2201, 'fire', 'one invoice in two claims'), (2202, 'fire', 'invoice unknown to the platform'),
    (2203, 'fire', 'one image in two claims'), (2204, 'silent', 'near miss: invoices numbered in a row'), (2301, 'fire', 'face matches at 0.5999'),
    (2302, 'silent', 'boundary: face matches at 0.6'), (2401, 'fire', 'ring of six through phones, accounts and devices, density 0.6'),
    (2402, 'fire', 'boundary: chain of five, density 0.4'), (2403, 'silent', 'near miss: chain of six, density 0.33'), (2404, 'silent', 'boundary: four, all linked'),
    (2501, 'fire', 'three claims, more than three premiums'), (2502, 'silent', 'boundary: three claims, exactly three premiums'), (2503, 'silent', 'near miss: two claims, ten premiums'),
    (2601, 'fire', 'reported from the handler''s own phone'), (2602, 'fire', 'the repair shop''s contact is the handler''s phone'), (2603, 'silent', 'near miss: phone of a colleague who handles no claims'),
    (2701, 'fire', 'boundary: 1.1 times the deductible'), (2702, 'fire', 'boundary: exactly the deductible'), (2703, 'silent', 'boundary: a fen above 1.1 times'),
    (2704, 'silent', 'boundary: a fen below the deductible'), (2801, 'fire', 'boundary: three from one device in 30 days'), (2802, 'silent', 'boundary: the third after 31 days'),
    (2803, 'silent', 'near miss: the third of three reported at a counter')
) as notes(case_number, case_kind, explanation);

insert into truth.planted_cases
select
    'FR' || lpad((notes.case_number // 100)::varchar, 2, '0'),
    notes.case_number,
    notes.case_kind,
    case when notes.case_kind = 'fire' then if(risk_point.score >= 30, 'red', 'yellow') end,
    case notes.case_number // 100 when 17 then 'policy' when 18 then 'policy' when 20 then 'hospital' when 21 then 'town' when 25 then 'agent' else 'claim' end,
    case notes.case_number // 100
        when 17 then min(claim.policy_number)
        when 18 then min(claim.policy_number)
        when 20 then min(medical_treatment.hospital_code)
        when 21 then 'T9' || notes.case_number
        when 25 then min(policy.employee_code)
        else arg_max(claim.claim_number, claim.occurrence)
    end,
    arg_max(claim.organisation_code, claim.occurrence),
    max(claim.reported_date),
    notes.explanation,
    string_agg(claim.claim_number, ' ' order by claim.claim_number)
from world.claim_case_note as notes
inner join world.claim on claim.case_number = notes.case_number
inner join world.policy on policy.policy_id = claim.policy_id
inner join world.risk_point on risk_point.point_number = notes.case_number // 100
left join world.medical_treatment on medical_treatment.claim_id = claim.claim_id and treatment_kind <> 'earlier_visit'
group by notes.case_number, notes.case_kind, notes.explanation, risk_point.score;

-- What some points find in the ordinary course, in other cases too: suspicion is not proof, and a score has to live with it.
create table world.ordinary_hit as
with claims as (
    select
        claim_circumstance.*,
        policy.is_long_term,
        policy.employee_code,
        health_declaration.waiting_period_end_date,
        date_sub('year', claim_circumstance.effective_date, loss_date) as cover_year,
        -- Whose claims are counted together: a car's, else a person's.
        case when is_motor then 'policy ' || claim_circumstance.policy_id when claim_type <> 'property_damage' then 'person ' || insured_id_number end as repeated_by
    from world.claim_circumstance
    inner join world.policy on policy.policy_id = claim_circumstance.policy_id
    left join world.health_declaration on health_declaration.policy_id = policy.policy_id
),

agents as (
    select
        policy.employee_code,
        count(distinct claim_payment.claim_id) as claims,
        sum(claim_payment.paid_amount) as paid_amount,
        any_value(written.premium_amount) as premium_amount
    from world.policy
    inner join world.claim_circumstance as claim on claim.policy_id = policy.policy_id and claim.loss_date < policy.effective_date + interval 1 year
    inner join world.claim_payment on claim_payment.claim_id = claim.claim_id
    inner join (select employee_code, sum(premium_amount) as premium_amount from world.policy group by employee_code) as written
        on written.employee_code = policy.employee_code
    group by policy.employee_code
)

select 1 as point_number, 'claim' as subject_kind, claim_number as subject_code, case_number, organisation_code, reported_date as business_date from claims
where is_motor and accident_kind in ('single_vehicle', 'scratch', 'glass', 'parked') and not is_injury and (hour(accident_at) >= 22 or hour(accident_at) < 6)
union all
select 3, 'claim', claim_number, case_number, organisation_code, reported_date from claims
where case when is_motor then loss_date - effective_date <= 7 when claim_type = 'accident' then loss_date - effective_date <= 30
    when product_line = 'health' then loss_date - waiting_period_end_date between 0 and 30 end
union all
select 4, 'claim', claim_number, case_number, organisation_code, reported_date from claims
where not is_long_term and product_line in ('motor', 'health', 'accident')
    and (effective_date + to_years((cover_year + 1)::integer))::date - 1 - loss_date <= 7
    and not exists (
        select 1 from claims as earlier
        where earlier.policy_id = claims.policy_id and earlier.cover_year = claims.cover_year and earlier.loss_date < claims.loss_date
    )
union all
select 5, 'claim', claim_number, case_number, organisation_code, reported_date from claims
where late_report_reason is null and claim_type <> 'property_damage' and date_diff('second', accident_at, reported_at) > case when is_motor then 172800 else 864000 end
union all
select 6, 'claim', claim_number, case_number, organisation_code, reported_date from claims
where claim_type <> 'property_damage' and repeated_by is not null
qualify 3 <= count(*) over (partition by repeated_by order by loss_date range between interval 365 days preceding and current row)
union all
select 28, 'claim', claim_number, case_number, organisation_code, reported_date from claims
where is_self_service and device_fingerprint_code is not null
qualify 3 <= count(*) over (partition by device_fingerprint_code order by reported_date range between interval 30 days preceding and current row)
union all
select 25, 'agent', agents.employee_code, fraud_agent.agent_number + 2500, employee.organisation_code, as_of()
from agents
inner join world.employee on employee.employee_code = agents.employee_code
left join world.fraud_agent on fraud_agent.employee_id = employee.employee_id
where agents.claims >= 3 and agents.paid_amount > 3 * agents.premium_amount;

insert into truth.planted_cases
select
    'FR' || lpad(ordinary_hit.point_number::varchar, 2, '0'),
    ordinary_hit.point_number * 100 + 99,
    'fire',
    if(risk_point.score >= 30, 'red', 'yellow'),
    subject_kind,
    subject_code,
    organisation_code,
    business_date,
    'in the ordinary course',
    if(subject_kind = 'claim', subject_code, null)
from world.ordinary_hit
inner join world.risk_point on risk_point.point_number = ordinary_hit.point_number
where coalesce(case_number // 100, 0) <> ordinary_hit.point_number;
