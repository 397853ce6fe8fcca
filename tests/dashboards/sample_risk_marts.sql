-- Findings with evidence, and a scorecard's published results, in the shape the risk marts have.
create table marts.dim_compliance_rule (
    rule_code varchar, theme varchar, theme_name_zh varchar, theme_name_en varchar, rule_name_zh varchar, rule_name_en varchar, kind varchar,
    condition_zh varchar, condition_en varchar, legal_basis_zh varchar, legal_basis_en varchar, reference_code varchar,
    yellow_threshold double, red_threshold double, threshold_unit varchar, valid_from_date date, valid_to_date date, change_reason varchar
);
insert into marts.dim_compliance_rule values
('CR01', 'licence', '资质', 'Licences', '许可证到期预警', 'Licence about to expire', 'R', '许可证到期日距今不足规定天数', 'A licence expires within the stated days', '保险代理人监管规定：届满三十日前申请延续', 'Agents regulation: apply for renewal 30 days before expiry', 'S49', 90, 30, 'days', date '2000-01-01', null, 'First version'),
('CR07', 'dual_recording', '双录', 'Dual recording', '应录未录', 'Required recording missing', 'R', '应双录保单承保次日仍无合格双录', 'A policy that needs a recording has none the day after issue', '保监发〔2017〕54号', 'CIRC 2017 No. 54', 'S42', null, 1, 'days', date '2017-11-01', null, 'First version'),
('CR10', 'commission', '费用', 'Commission', '报行不一（佣金超备案）', 'Commission over the filed cap', 'R', '实付佣金率超过备案上限', 'Commission paid exceeds the filed cap', '备案精算报告佣金率上限', 'Cap of the filed actuarial report', 'S44', null, null, 'ratio', date '2000-01-01', null, 'First version'),
('CR27', 'complaint', '投诉', 'Complaints', '投诉超期', 'Complaint overdue', 'R', '剩余不足三日为黄，超期为红', 'Three days left is yellow, overdue is red', '银行业保险业消费投诉处理管理办法', 'Measures on complaint handling', 'S30', 3, 0, 'days', date '2020-03-01', null, 'First version'),
('CR35', 'anti_money_laundering', '反洗钱', 'Anti-money-laundering', '大额现金', 'Large cash payment', 'R', '当日累计现金达到五万元', 'Cash of one person on one day reaches 50,000', '金融机构大额交易和可疑交易报告管理办法', 'Measures on reporting of large transactions', 'S38', null, 50000, 'yuan', date '2017-07-01', null, 'First version');

create table marts.fct_compliance_findings as
select
    'F' || lpad(number::varchar, 4, '0') as finding_id, rules.rule_code, rules.theme, if(hash(number) % 3 = 0, 'red', 'yellow') as severity,
    organisations.organisation_code, 'BANK' as channel_code, 'INT' || number as intermediary_code, 'policy' as subject_kind,
    'P' || (1000 + number) as subject_code, date '2025-04-18' - (number % 40)::integer as business_date, date '2025-04-18' as as_of_date,
    (number % 30)::double as measured_value, rules.red_threshold as threshold_value,
    date '2025-04-18' + (number % 21 - 6)::integer as due_date, '保单P' || (1000 + number) || '触发' || rules.rule_name_zh as summary_zh,
    'Policy P' || (1000 + number) || ': ' || rules.rule_name_en as summary_en, 2 as evidence_count
from range(1, 61) as numbers(number)
inner join (select *, row_number() over (order by rule_code) as position from marts.dim_compliance_rule) as rules on rules.position = numbers.number % 5 + 1
inner join (
    select organisation_code, row_number() over (order by organisation_code) as position from marts.dim_organisation where organisation_level = 2
) as organisations on organisations.position = hash(numbers.number) % 6 + 1;

create table marts.fct_compliance_finding_evidence as
select finding_id, rule_code, kinds.record_kind, subject_code || kinds.suffix as record_key, business_date as record_date, 1200.50::decimal(18, 2) as amount, '=HYPERLINK("x")' as note
from marts.fct_compliance_findings
cross join (values ('policy', ''), ('commission', '-C1')) as kinds(record_kind, suffix);
