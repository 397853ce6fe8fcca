-- The group: companies down to outlets, channels, intermediaries and their licences. Invented names, real division codes.
create table world.organisation as
from (
    values
    ('GROUP', '智舱保险集团', 'Zhicang Insurance Group', null, 0, 'group', '110000', 0.0),
    ('LIFE', '智舱相互人寿保险社', 'Zhicang Mutual Life', 'GROUP', 1, 'life', '110000', 0.0),
    ('LIFE_BJ', '智舱人寿北京分社', 'Zhicang Life Beijing Branch', 'LIFE', 2, 'life', '110000', 0.30),
    ('LIFE_BJ_CY', '智舱人寿朝阳支社', 'Zhicang Life Chaoyang Sub-branch', 'LIFE_BJ', 3, 'life', '110105', 0.35),
    ('LIFE_SX', '智舱人寿山西分社', 'Zhicang Life Shanxi Branch', 'LIFE', 2, 'life', '140000', 0.15),
    ('LIFE_SX_TY', '智舱人寿太原中心支社', 'Zhicang Life Taiyuan Sub-branch', 'LIFE_SX', 3, 'life', '140100', 0.25),
    ('LIFE_SX_TY_XD', '智舱人寿小店营业部', 'Zhicang Life Xiaodian Outlet', 'LIFE_SX_TY', 4, 'life', '140105', 0.15),
    ('LIFE_SX_DT', '智舱人寿大同中心支社', 'Zhicang Life Datong Sub-branch', 'LIFE_SX', 3, 'life', '140200', 0.25),
    ('LIFE_SX_DT_PC', '智舱人寿平城营业部', 'Zhicang Life Pingcheng Outlet', 'LIFE_SX_DT', 4, 'life', '140213', 0.10),
    ('LIFE_SH', '智舱人寿上海分社', 'Zhicang Life Shanghai Branch', 'LIFE', 2, 'life', '310000', 0.24),
    ('LIFE_SH_PD', '智舱人寿浦东支社', 'Zhicang Life Pudong Sub-branch', 'LIFE_SH', 3, 'life', '310115', 0.40),
    ('LIFE_GD', '智舱人寿广东分社', 'Zhicang Life Guangdong Branch', 'LIFE', 2, 'life', '440000', 0.31),
    ('LIFE_GD_GZ', '智舱人寿广州中心支社', 'Zhicang Life Guangzhou Sub-branch', 'LIFE_GD', 3, 'life', '440100', 0.30),
    ('LIFE_GD_SZ', '智舱人寿深圳中心支社', 'Zhicang Life Shenzhen Sub-branch', 'LIFE_GD', 3, 'life', '440300', 0.20),
    ('LIFE_GD_SZ_NS', '智舱人寿南山营业部', 'Zhicang Life Nanshan Outlet', 'LIFE_GD_SZ', 4, 'life', '440305', 0.15),
    ('PROP', '智舱财产保险公司', 'Zhicang Property Insurance', 'GROUP', 1, 'property', '330000', 0.0),
    ('PROP_BJ', '智舱财险北京分公司', 'Zhicang Property Beijing Branch', 'PROP', 2, 'property', '110000', 0.22),
    ('PROP_FJ', '智舱财险福建分公司', 'Zhicang Property Fujian Branch', 'PROP', 2, 'property', '350000', 0.17),
    ('PROP_FJ_XM', '智舱财险厦门中心支公司', 'Zhicang Property Xiamen Sub-branch', 'PROP_FJ', 3, 'property', '350200', 0.35),
    ('PROP_FJ_XM_SM', '智舱财险思明营业部', 'Zhicang Property Siming Outlet', 'PROP_FJ_XM', 4, 'property', '350203', 0.20),
    ('PROP_JS', '智舱财险江苏分公司', 'Zhicang Property Jiangsu Branch', 'PROP', 2, 'property', '320000', 0.27),
    ('PROP_JS_NJ', '智舱财险南京中心支公司', 'Zhicang Property Nanjing Sub-branch', 'PROP_JS', 3, 'property', '320100', 0.30),
    ('PROP_JS_SU', '智舱财险苏州中心支公司', 'Zhicang Property Suzhou Sub-branch', 'PROP_JS', 3, 'property', '320500', 0.30),
    ('PROP_ZJ', '智舱财险浙江分公司', 'Zhicang Property Zhejiang Branch', 'PROP', 2, 'property', '330000', 0.34),
    ('PROP_ZJ_HZ', '智舱财险杭州中心支公司', 'Zhicang Property Hangzhou Sub-branch', 'PROP_ZJ', 3, 'property', '330100', 0.35),
    ('PROP_ZJ_HZ_XH', '智舱财险西湖营业部', 'Zhicang Property Xihu Outlet', 'PROP_ZJ_HZ', 4, 'property', '330106', 0.15),
    ('ONLINE', '智舱在线财产保险公司', 'Zhicang Online Property Insurance', 'GROUP', 1, 'property', '310000', 0.0),
    ('ONLINE_EC', '智舱在线电商业务部', 'Zhicang Online E-commerce Unit', 'ONLINE', 2, 'property', '310000', 0.60),
    ('ONLINE_TR', '智舱在线出行业务部', 'Zhicang Online Travel Unit', 'ONLINE', 2, 'property', '310000', 0.40),
    ('PAY', '智舱一账通支付公司', 'Zhicang One Account Payment', 'GROUP', 1, 'account', '310000', 1.0),
    ('FUND', '智舱基金管理公司', 'Zhicang Fund Management', 'GROUP', 1, 'fund', '310000', 1.0),
    ('BANK', '智舱银行', 'Zhicang Bank', 'GROUP', 1, 'bank', '440000', 1.0),
    ('SALES', '智舱保险销售公司', 'Zhicang Insurance Sales', 'GROUP', 1, 'intermediary', '110000', 1.0),
    ('BROKERAGE', '智舱保险经纪公司', 'Zhicang Insurance Brokers', 'GROUP', 1, 'intermediary', '310000', 1.0)
) as organisations(
    organisation_code, organisation_name_zh, organisation_name_en, parent_organisation_code, organisation_level, company_type,
    region_code, branch_share
);

-- Every organisation with its branch (itself above level 3) and its company. `branch_share` of a branch is its share of the
-- company's sales; of a sub-branch or outlet, its share of the branch's agents.
create table world.organisation_place as
select
    organisation.*,
    case
        when organisation.organisation_level = 3 then organisation.parent_organisation_code
        when organisation.organisation_level = 4 then parent.parent_organisation_code
        else organisation.organisation_code
    end as branch_code,
    case organisation.organisation_level when 0 then null else split_part(organisation.organisation_code, '_', 1) end as company_code
from world.organisation
left join world.organisation as parent on parent.organisation_code = organisation.parent_organisation_code;

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
    ('SALES01', '智舱保险销售', 'Zhicang Insurance Sales', 'agency', 'SALES', 'BROKER', 'life', 0.15, 'agency'),
    ('BROKER04', '智舱保险经纪', 'Zhicang Insurance Brokers', 'broker', 'BROKERAGE', 'BROKER', 'property', 0.20, 'broker'),
    ('PLATFORM01', '万集购物平台', 'Wanji Shopping', 'platform', 'ONLINE_EC', 'ONLINE_PLATFORM', 'shopping', 1.0, 'agency'),
    ('PLATFORM02', '行迹出行平台', 'Xingji Travel', 'platform', 'ONLINE_TR', 'ONLINE_PLATFORM', 'travel', 1.0, 'agency')
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
    ('PLATFORM01', 890, null, null, null), ('SALES01', 710, null, null, null), ('BROKER04', 610, null, null, null)
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
