-- The group: companies and branches, channels, products, intermediaries and their licences. Invented names, real division codes.
create table world.organisation as
from (
    values
    ('GROUP', '智舱保险集团', 'Zhicang Insurance Group', null, 0, 'group', '110000', 0.0),
    ('LIFE', '智舱相互人寿保险社', 'Zhicang Mutual Life', 'GROUP', 1, 'life', '110000', 0.0),
    ('LIFE_BJ', '智舱人寿北京分社', 'Zhicang Life Beijing Branch', 'LIFE', 2, 'life', '110000', 0.30),
    ('LIFE_SX', '智舱人寿山西分社', 'Zhicang Life Shanxi Branch', 'LIFE', 2, 'life', '140000', 0.15),
    ('LIFE_SH', '智舱人寿上海分社', 'Zhicang Life Shanghai Branch', 'LIFE', 2, 'life', '310000', 0.24),
    ('LIFE_GD', '智舱人寿广东分社', 'Zhicang Life Guangdong Branch', 'LIFE', 2, 'life', '440000', 0.31),
    ('PROP', '智舱财产保险公司', 'Zhicang Property Insurance', 'GROUP', 1, 'property', '330000', 0.0),
    ('PROP_BJ', '智舱财险北京分公司', 'Zhicang Property Beijing Branch', 'PROP', 2, 'property', '110000', 0.26),
    ('PROP_JS', '智舱财险江苏分公司', 'Zhicang Property Jiangsu Branch', 'PROP', 2, 'property', '320000', 0.33),
    ('PROP_ZJ', '智舱财险浙江分公司', 'Zhicang Property Zhejiang Branch', 'PROP', 2, 'property', '330000', 0.41),
    ('PAY', '智舱一账通支付公司', 'Zhicang One Account Payment', 'GROUP', 1, 'account', '310000', 1.0)
) as organisations(
    organisation_code, organisation_name_zh, organisation_name_en, parent_organisation_code, organisation_level, company_type,
    region_code, branch_share
);

create table world.channel as
from (
    values
    ('AGENCY', '个人代理', 'Tied agency', null, 'agency'),
    ('BANC', '银行保险', 'Bancassurance', null, 'bancassurance'),
    ('BROKER', '专业中介', 'Brokers and agencies', null, 'intermediary'),
    ('ONLINE', '自营互联网', 'Own online', null, 'online'),
    ('ONLINE_PLATFORM', '第三方平台', 'Partner platforms', 'ONLINE', 'online'),
    ('DIRECT', '公司直销', 'Direct sales', null, 'direct')
) as channels(channel_code, channel_name_zh, channel_name_en, parent_channel_code, channel_group);

create table world.product as
from (
    values
    ('LIFE_WHOLE', '安心终身寿险', 'Whole Life', 'life', 'LIFE', 'traditional', true, true, false, 'protection', date '2018-03-01'),
    ('LIFE_ENDOW', '福瑞两全保险（分红型）', 'Endowment, Participating', 'life', 'LIFE', 'participating', true, true, false, 'savings', date '2018-06-01'),
    ('LIFE_UNIVERSAL', '聚宝终身寿险（万能型）', 'Universal Life', 'life', 'LIFE', 'universal', true, true, false, 'savings', date '2018-09-01'),
    ('ANNUITY_PENSION', '颐年养老年金', 'Pension Annuity', 'annuity', 'LIFE', 'participating', true, true, false, 'savings', date '2018-10-01'),
    ('HEALTH_CRITICAL', '康护重大疾病保险', 'Critical Illness', 'health', 'LIFE', 'traditional', true, true, false, 'protection', date '2018-05-01'),
    ('HEALTH_MEDICAL', '百万医疗保险', 'One-year Medical', 'health', 'LIFE', 'traditional', true, false, false, 'short', date '2019-01-01'),
    ('ACCIDENT_YEAR', '综合意外伤害保险', 'One-year Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2018-03-01'),
    ('MOTOR', '机动车综合保险', 'Motor', 'motor', 'PROP', 'none', true, false, false, 'motor', date '2017-05-01'),
    ('RETURN_FREIGHT', '退货运费险', 'Return Freight', 'return_freight', 'PROP', 'none', true, false, true, 'return_freight', date '2018-11-01'),
    ('FLIGHT_DELAY', '航班延误险', 'Flight Delay', 'flight_delay', 'PROP', 'none', true, false, true, 'flight_delay', date '2018-07-01'),
    ('CONSUMER_LOAN', '舱易贷', 'Consumer Loan', 'consumer_loan', 'PAY', 'none', false, false, false, 'credit', date '2019-06-01'),
    ('ACCOUNT', '一账通账户', 'One Account', 'account', 'PAY', 'none', false, false, false, 'account', date '2018-01-01')
) as products(
    product_code, product_name_zh, product_name_en, product_line, organisation_code, design_type, is_insurance_contract,
    is_long_term, is_micro_premium, demand_kind, launched_date
);

-- Policies sold in the demo group over its whole history.
create table world.sales_plan as
from (
    values
    ('LIFE_WHOLE', 'AGENCY', 900), ('LIFE_WHOLE', 'BANC', 220), ('LIFE_WHOLE', 'BROKER', 260), ('LIFE_WHOLE', 'ONLINE', 110),
    ('LIFE_WHOLE', 'DIRECT', 90), ('LIFE_ENDOW', 'AGENCY', 420), ('LIFE_ENDOW', 'BANC', 900), ('LIFE_UNIVERSAL', 'AGENCY', 200),
    ('LIFE_UNIVERSAL', 'BANC', 460), ('LIFE_UNIVERSAL', 'DIRECT', 60), ('ANNUITY_PENSION', 'AGENCY', 600),
    ('ANNUITY_PENSION', 'BANC', 700), ('ANNUITY_PENSION', 'BROKER', 160), ('ANNUITY_PENSION', 'ONLINE', 150),
    ('HEALTH_CRITICAL', 'AGENCY', 1150), ('HEALTH_CRITICAL', 'BROKER', 520), ('HEALTH_CRITICAL', 'ONLINE', 320),
    ('HEALTH_CRITICAL', 'DIRECT', 110), ('HEALTH_MEDICAL', 'AGENCY', 700), ('HEALTH_MEDICAL', 'BROKER', 200),
    ('HEALTH_MEDICAL', 'ONLINE', 1500), ('HEALTH_MEDICAL', 'ONLINE_PLATFORM', 900), ('HEALTH_MEDICAL', 'BANC', 110),
    ('HEALTH_MEDICAL', 'DIRECT', 200), ('ACCIDENT_YEAR', 'AGENCY', 600), ('ACCIDENT_YEAR', 'BANC', 300),
    ('ACCIDENT_YEAR', 'ONLINE', 900), ('ACCIDENT_YEAR', 'ONLINE_PLATFORM', 700), ('ACCIDENT_YEAR', 'DIRECT', 300),
    ('MOTOR', 'AGENCY', 2200), ('MOTOR', 'BROKER', 2200), ('MOTOR', 'DIRECT', 1600), ('MOTOR', 'ONLINE', 1000),
    ('RETURN_FREIGHT', 'ONLINE_PLATFORM', 15000), ('FLIGHT_DELAY', 'ONLINE_PLATFORM', 2500), ('FLIGHT_DELAY', 'ONLINE', 1500)
) as plans(product_code, channel_code, policies);

-- Intermediaries with the weight of their sales; product_code limits what a platform sells.
create table world.intermediary as
from (
    values
    ('BANK01', '海岳银行', 'Haiyue Bank', 'bank', 'LIFE', 'BANC', null, 0.45, 'part_time_agency'),
    ('BANK02', '云川银行', 'Yunchuan Bank', 'bank', 'LIFE', 'BANC', null, 0.33, 'part_time_agency'),
    ('BANK03', '东麓商业银行', 'Donglu Commercial Bank', 'bank', 'LIFE_GD', 'BANC', null, 0.22, 'part_time_agency'),
    ('BROKER01', '明舟保险经纪', 'Mingzhou Brokers', 'broker', 'LIFE_BJ', 'BROKER', 'life', 0.5, 'broker'),
    ('BROKER02', '恒策保险经纪', 'Hengce Brokers', 'broker', 'LIFE_SH', 'BROKER', 'life', 0.3, 'broker'),
    ('BROKER03', '博远保险经纪', 'Boyuan Brokers', 'broker', 'PROP_JS', 'BROKER', 'property', 0.25, 'broker'),
    ('AGENCY01', '泰和保险代理', 'Taihe Agency', 'agency', 'LIFE_GD', 'BROKER', 'life', 0.2, 'agency'),
    ('AGENCY02', '顺程保险代理', 'Shuncheng Agency', 'agency', 'PROP_ZJ', 'BROKER', 'property', 0.4, 'agency'),
    ('AGENCY03', '众望保险代理', 'Zhongwang Agency', 'agency', 'PROP_BJ', 'BROKER', 'property', 0.15, 'agency'),
    ('DEALER01', '驰安汽车销售', 'Chian Motors', 'part_time_agency', 'PROP_BJ', 'BROKER', 'property', 0.2, 'part_time_agency'),
    ('PLATFORM01', '万集购物平台', 'Wanji Shopping', 'platform', 'PROP_ZJ', 'ONLINE_PLATFORM', 'shopping', 1.0, 'agency'),
    ('PLATFORM02', '行迹出行平台', 'Xingji Travel', 'platform', 'PROP', 'ONLINE_PLATFORM', 'travel', 1.0, 'agency')
) as intermediaries(
    intermediary_code, intermediary_name_zh, intermediary_name_en, intermediary_type, organisation_code, channel_code, sells,
    weight, licence_type
);

-- Days from the as-of day to expiry: the first eight are the cases of rule CR01, the others lie far away.
create table world.intermediary_licence as
with terms(intermediary_code, days_left, case_kind, severity, explanation) as (
    values
    ('DEALER01', -5, 'fire', 'red', 'expired five days ago'),
    ('AGENCY03', 0, 'fire', 'red', 'expires on the as-of day'),
    ('BROKER03', 30, 'fire', 'red', 'boundary: exactly 30 days left'),
    ('AGENCY02', 31, 'fire', 'yellow', 'boundary: 31 days left, not yet red'),
    ('BROKER02', 90, 'fire', 'yellow', 'boundary: exactly 90 days left'),
    ('BANK03', 91, 'silent', null, 'boundary: 91 days left'),
    ('AGENCY01', 92, 'silent', null, 'near miss: 92 days left'),
    ('PLATFORM02', 800, 'silent', null, 'near miss: was about to expire in 20 days, then renewed under the same number'),
    ('BANK01', 655, null, null, null), ('BANK02', 520, null, null, null), ('BROKER01', 433, null, null, null),
    ('PLATFORM01', 890, null, null, null)
)

select
    'LIC' || lpad(row_number() over (order by terms.intermediary_code)::varchar, 6, '0') as licence_number,
    terms.intermediary_code,
    intermediary.licence_type,
    (as_of() + terms.days_left - interval 3 year + interval 1 day)::date as issued_date,
    as_of() + terms.days_left as expiry_date,
    terms.case_kind,
    terms.severity,
    terms.explanation,
    intermediary.organisation_code
from terms
inner join world.intermediary on intermediary.intermediary_code = terms.intermediary_code;
