-- A small published database with the agreed tables and plausible values: fifteen months, three companies, every value format.
create schema marts;
create schema metrics;

create table marts.dim_organisation (
    organisation_code varchar, organisation_name_zh varchar, organisation_name_en varchar, parent_organisation_code varchar,
    organisation_level integer, company_code varchar, branch_code varchar, company_type varchar, region_code varchar
);
insert into marts.dim_organisation values
('GROUP', '智舱保险集团', 'Zhicang Insurance Group', null, 0, null, 'GROUP', 'group', '110000'),
('LIFE', '智舱人寿', 'Zhicang Life', 'GROUP', 1, 'LIFE', 'LIFE', 'life', '110000'),
('LIFE_BJ', '人寿北京分公司', 'Life Beijing Branch', 'LIFE', 2, 'LIFE', 'LIFE_BJ', 'life', '110000'),
('LIFE_SH', '人寿上海分公司', 'Life Shanghai Branch', 'LIFE', 2, 'LIFE', 'LIFE_SH', 'life', '310000'),
('LIFE_GD', '人寿广东分公司', 'Life Guangdong Branch', 'LIFE', 2, 'LIFE', 'LIFE_GD', 'life', '440000'),
('PROP', '智舱财险', 'Zhicang Property', 'GROUP', 1, 'PROP', 'PROP', 'property', '110000'),
('PROP_BJ', '财险北京分公司', 'Property Beijing Branch', 'PROP', 2, 'PROP', 'PROP_BJ', 'property', '110000'),
('PROP_ZJ', '财险浙江分公司', 'Property Zhejiang Branch', 'PROP', 2, 'PROP', 'PROP_ZJ', 'property', '330000'),
('ACCT', '智舱账户', 'Zhicang Account', 'GROUP', 1, 'ACCT', 'ACCT', 'account', '310000'),
('ACCT_SH', '账户上海中心', 'Account Shanghai Centre', 'ACCT', 2, 'ACCT', 'ACCT_SH', 'account', '310000');

create table marts.dim_channel (
    channel_code varchar, channel_name_zh varchar, channel_name_en varchar, parent_channel_code varchar, channel_group varchar
);
insert into marts.dim_channel values
('AGENT', '个人代理', 'Tied agents', null, 'agency'),
('BANK', '银行保险', 'Bancassurance', null, 'bancassurance'),
('DIRECT', '互联网直销', 'Direct online', null, 'online');

create table marts.dim_product (
    product_code varchar, product_name_zh varchar, product_name_en varchar, product_line varchar, company_code varchar,
    design_type varchar, is_insurance_contract boolean, is_long_term boolean, is_micro_premium boolean, launched_date date
);
insert into marts.dim_product values
('LIFE_ANNUITY', '安享年金', 'Comfort annuity', 'annuity', 'LIFE', 'traditional', true, true, false, date '2019-01-01'),
('LIFE_HEALTH', '康健重疾', 'Health critical illness', 'health', 'LIFE', 'traditional', true, true, false, date '2019-01-01'),
('PROP_MOTOR', '机动车保险', 'Motor', 'motor', 'PROP', 'traditional', true, false, false, date '2019-01-01'),
('PROP_RETURN', '退货运费险', 'Return freight', 'scenario', 'PROP', 'traditional', true, false, true, date '2019-01-01');

create table metrics.metric_catalogue (
    metric_code varchar, name_zh varchar, name_en varchar, definition_zh varchar, definition_en varchar, unit varchar, format varchar,
    direction varchar, owner varchar, steward varchar, subject varchar, evaluation varchar, angle varchar, metric_kind varchar,
    additivity varchar, source_reference varchar, evidence_level varchar, tolerance double, version integer, valid_from date,
    valid_to date, change_reason varchar, numerator varchar, denominator varchar, dimensions varchar[], grains varchar[],
    parameters json, definition_sql varchar
);

-- base: numerator of one leaf organisation, channel, product and month; scale: denominator, null for amounts and counts.
create temp table seeds (
    metric_code varchar, name_zh varchar, name_en varchar, unit varchar, format varchar, direction varchar, subject varchar,
    evaluation varchar, base double, scale double, target double, has_product boolean
);
insert into seeds values
('gross_written_premium', '原保险保费收入', 'Gross written premium', 'yuan', 'amount', 'higher', 'business', 'operations', 9.1e6, null, 3.1e8, true),
('new_business_premium', '新单保费', 'New business premium', 'yuan', 'amount', 'higher', 'business', 'value', 2.4e6, null, 7.0e7, true),
('policies_issued', '承保件数', 'Policies issued', 'count', 'integer', 'higher', 'business', 'operations', 5200, null, 1.3e5, true),
('average_premium_per_policy', '件均保费', 'Average premium per policy', 'yuan_per_policy', 'integer', 'higher', 'business', 'value', 2.4e6, 5200, 400, true),
('persistency_13m_premium', '13个月保费继续率', '13-month persistency', 'ratio', 'percent', 'higher', 'business', 'value', 880, 1000, 0.85, true),
('commission_ratio', '手续费及佣金率', 'Commission ratio', 'ratio', 'percent', 'lower', 'business', 'value', 130, 1000, 0.14, true),
('policy_delivery_15d_rate', '保单15日送达率', '15-day policy delivery rate', 'ratio', 'percent', 'higher', 'service', 'operations', 940, 1000, 0.98, true),
('policy_servicing_days', '保全时效', 'Policy servicing turnaround', 'days', 'decimal_2', 'lower', 'service', 'operations', 1900, 1000, 2, true),
('complaints_per_10k_policies', '万张保单投诉量', 'Complaints per 10,000 policies', 'per_10k_policies', 'decimal_2', 'lower', 'service', 'risk', 240, 1000, 0.2, true),
('complaint_on_time_rate', '投诉件办理及时率', 'Complaint on-time handling rate', 'ratio', 'percent', 'higher', 'service', 'risk', 985, 1000, 1, false),
('claim_closing_days', '结案周期', 'Claim closing cycle', 'days', 'decimal_1', 'lower', 'claims', 'operations', 17800, 1000, 18, true),
('open_claims', '未决积压', 'Open claims', 'count', 'integer', 'lower', 'claims', 'risk', 61, null, 1600, true),
('fastest_claim_minutes', '最快报案到支付用时', 'Fastest report to payment', 'minutes', 'decimal_1', 'lower', 'claims', 'operations', 7400, 1000, 8, false),
('human_connect_rate', '人工服务综合接通率', 'Human connect rate', 'ratio', 'percent', 'higher', 'contact_centre', 'operations', 975, 1000, 0.9867, false),
('average_handle_seconds', '平均处理时长', 'Average handle time', 'seconds', 'integer', 'lower', 'contact_centre', 'operations', 288000, 1000, 300, false),
('top_up_amount', '充值金额', 'Top-up amount', 'yuan', 'amount', 'higher', 'payments', 'operations', 410000, null, null, false),
('clearing_error_rate', '清分差错率', 'Clearing error rate', 'ratio', 'permyriad', 'lower', 'payments', 'risk', 0.02, 1000, 0.00001, false),
('dual_record_rate', '双录率', 'Dual recording rate', 'ratio', 'percent', 'higher', 'compliance', 'risk', 860, 1000, 1, true),
('approval_rate', '授信通过率', 'Credit approval rate', 'ratio', 'percent', 'neutral', 'credit', 'risk', 610, 1000, null, false),
('days_past_due_30_rate', '30天以上逾期率', 'Past due 30+ rate', 'ratio', 'percent', 'lower', 'credit', 'risk', 27, 1000, 0.03, false);

insert into metrics.metric_catalogue
select
    metric_code, name_zh, name_en, '统计期内' || name_zh || '，按公布口径计算，不含已冲减部分。',
    name_en || ' of the period by the published definition, after deductions.', unit, format, direction, 'Finance department',
    'Premium data steward', subject, evaluation, 'business', if(scale is null, 'simple', 'ratio'), if(scale is null, 'additive', 'ratio'),
    'S10', 'SRC', 0, 1, date '2019-01-01', null, 'First definition', metric_code || '_numerator',
    if(scale is null, null, metric_code || '_denominator'), if(has_product, ['organisation', 'channel', 'product'], ['organisation', 'channel']),
    ['month', 'quarter', 'year'], '{"day_basis": "calendar_days"}', 'select sum(' || metric_code || ') from marts.agg_example_daily'
from seeds;

create temp table facts as
select
    seeds.metric_code, months.month_start_date, organisations.organisation_code, organisations.company_code, dim_channel.channel_code,
    if(seeds.has_product, dim_product.product_code, null) as product_code,
    seeds.base * (0.9 + hash(seeds.metric_code || organisations.organisation_code) % 100 / 500)
    * (0.95 + hash(seeds.metric_code || months.month_start_date::varchar) % 100 / 1000)
    * if(seeds.scale is null, 1 + 0.01 * months.position, 1) as numerator,
    seeds.scale as denominator
from seeds
cross join (
    select unnest(generate_series(date '2024-01-01', date '2025-04-01', interval 1 month))::date as month_start_date, unnest(generate_series(1, 16)) as position
) as months
cross join (select * from marts.dim_organisation where organisation_level = 2) as organisations
cross join marts.dim_channel
inner join marts.dim_product on (seeds.has_product and dim_product.company_code = organisations.company_code) or (not seeds.has_product and dim_product.product_code = 'LIFE_ANNUITY');

create table metrics.metric_values as
with periods as (
    select facts.*, grains.grain, date_trunc(grains.grain, month_start_date)::date as period_start_date
    from facts cross join (select unnest(['month', 'quarter', 'year']) as grain) as grains
),

rolled as (
    select
        metric_code, grain, period_start_date, company_code, organisation_code, channel_code, product_code,
        grouping(company_code) = 0 as by_company, grouping(organisation_code) = 0 as by_organisation,
        grouping(channel_code) = 0 as by_channel, grouping(product_code) = 0 as by_product,
        sum(numerator) as numerator, sum(denominator) as denominator
    from periods
    group by
        metric_code, grain, period_start_date,
        grouping sets (
            (), (company_code), (organisation_code), (channel_code), (product_code), (company_code, channel_code),
            (company_code, product_code), (organisation_code, channel_code), (organisation_code, product_code), (channel_code, product_code)
        )
)

select
    metric_code, if(metric_code = 'days_past_due_30_rate' and period_start_date >= date '2025-01-01', 2, 1) as version, grain, period_start_date,
    case grain when 'month' then last_day(period_start_date) when 'quarter' then (period_start_date + interval 3 month - interval 1 day)::date
        else (period_start_date + interval 1 year - interval 1 day)::date end as period_end_date,
    coalesce(nullif(concat_ws('+', if(by_company, 'company', null), if(by_organisation, 'organisation', null),
        if(by_channel, 'channel', null), if(by_product, 'product', null)), ''), 'total') as dimension_set,
    coalesce(organisation_code, company_code) as organisation_code, channel_code, product_code,
    null::varchar as intermediary_code, null::varchar as segment_code,
    case when denominator is null then round(numerator) else numerator / denominator end as value, numerator, denominator,
    period_end_date <= date '2025-04-18' as is_complete_period, true as is_in_force,
    case metric_code when 'clearing_error_rate' then 'failed' when 'open_claims' then 'not_checked' else 'passed' end as trust, date '2025-04-18' as known_from, 'sample-run' as run_id
from rolled
where not (by_product and product_code is null);

update metrics.metric_catalogue set version = 2, valid_from = date '2025-01-01', change_reason = 'Loans leave the balance on the day they are written off'
where metric_code = 'days_past_due_30_rate';

create table metrics.metric_versions as
select metric_code, version, valid_from, valid_to, change_reason, definition_zh, definition_en, definition_sql from metrics.metric_catalogue
union all
select metric_code, 1, date '2019-01-01', date '2024-12-31', 'First definition', '核销前一年内的贷款仍计入余额。', 'Loans written off in the year before still count.', definition_sql
from metrics.metric_catalogue where version = 2;

-- What the first of the two publications, of 10 April, knew otherwise. Of the whole group and of Beijing, late data raised the premium of
-- March; the policies of March were corrected; days to close claims of March and the dual recording rate came later; the fastest claim of
-- March online went; April was running; the past due rate had one version.
create temp table changes as
select
    metric_values.*,
    case
        when metric_code = 'dual_record_rate' or metric_code = 'claim_closing_days' and grain = 'month' and period_start_date = date '2025-03-01' then 'added'
        when metric_code = 'fastest_claim_minutes' and grain = 'month' and period_start_date = date '2025-03-01' and dimension_set = 'channel' and channel_code = 'DIRECT' then 'removed'
        when metric_code = 'days_past_due_30_rate' and version = 2 then 'redefined'
        when grain = 'month' and period_start_date = date '2025-04-01' and dimension_set = 'total' and denominator is null then 'running'
        when
            grain = 'month' and period_start_date = date '2025-03-01'
            and (dimension_set = 'total' and metric_code in ('gross_written_premium', 'policies_issued') or dimension_set = 'organisation' and organisation_code = 'LIFE_BJ' and metric_code = 'gross_written_premium')
            then 'restated'
    end as change
from metrics.metric_values;

update metrics.metric_values set known_from = date '2025-04-10', run_id = 'first-run';
delete from metrics.metric_values where exists (
    select 1 from changes
    where
        changes.change is not null and changes.metric_code = metric_values.metric_code and changes.grain = metric_values.grain
        and changes.period_start_date = metric_values.period_start_date and changes.dimension_set = metric_values.dimension_set
        and changes.organisation_code is not distinct from metric_values.organisation_code
        and changes.channel_code is not distinct from metric_values.channel_code and changes.product_code is not distinct from metric_values.product_code
);
insert into metrics.metric_values select * exclude (change) from changes where change not in ('removed');
insert into metrics.metric_values
select * exclude (change) replace (1 as version, value * 1.2 as value, numerator * 1.2 as numerator, false as is_in_force, date '2025-04-10' as known_from, 'first-run' as run_id)
from changes where change = 'redefined';

create table metrics.superseded_values as
select
    * exclude (change) replace (
        value * if(change = 'running', 0.6, 0.97) as value, date '2025-04-10' as known_from, 'first-run' as run_id
    ),
    date '2025-04-18' as known_to, 'sample-run' as superseded_by_run_id,
    if(change in ('restated', 'removed'), 'sample-r:' || metric_code, null) as restatement_id
from changes where change in ('restated', 'removed', 'running');

create table metrics.metric_restatements as
select
    'sample-r:' || metric_code as restatement_id, metric_code, cause, [cause] as possible_causes, date '2025-01-31' as first_period_end_date,
    date '2025-03-31' as last_period_end_date, 2.85e8 as example_old_value, 2.93e8 as example_new_value, 'sample-run' as run_id,
    if(reason is null, 'open', 'accepted') as status, if(reason is null, null, cause) as accepted_cause,
    if(reason is null, null, 'Wang') as accepted_by, reason as accepted_reason
from (
    values ('gross_written_premium', 'late_data', '北京分公司补报'), ('policies_issued', 'corrected_data', null),
    ('fastest_claim_minutes', 'code', null), ('days_past_due_30_rate', 'definition', null)
) as restated(metric_code, cause, reason);

create table metrics.metric_targets as
select
    seeds.metric_code, null::varchar as organisation_code, grains.grain, date '2019-01-01' as valid_from, null::date as valid_to,
    seeds.target * if(seeds.scale is null, grains.months, 1) as target_value,
    seeds.target * if(seeds.scale is null, grains.months, 1) * if(seeds.direction = 'lower', 1.1, 0.95) as amber_value,
    null::double as red_value, 'proposal' as kind, 'S19' as source
from seeds cross join (values ('month', 1), ('quarter', 3), ('year', 12)) as grains(grain, months)
where seeds.target is not null;

create table metrics.access_policy (role varchar, subjects varchar[], organisation_scope varchar[], may_drill boolean, may_export boolean);
insert into metrics.access_policy values
('executive', ['*'], ['*'], true, true),
('analyst', ['business', 'service', 'claims', 'contact_centre', 'payments'], ['*'], true, true),
('compliance_officer', ['compliance', 'business', 'service'], ['*'], true, true),
('branch_manager', ['business', 'service', 'claims', 'contact_centre', 'compliance'], ['LIFE_BJ'], false, false),
('life_manager', ['business', 'service'], ['LIFE'], true, false);

