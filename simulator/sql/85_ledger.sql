-- The books: chart of accounts, and what is booked each month. A debit is positive, a credit negative.
create table world.ledger_account as
from (
    values
    ('1002', '银行存款', 'Bank deposits', 'asset', 'none', false), ('1111', '投资资产', 'Investments', 'asset', 'none', false),
    ('1213', '应收分保准备金', 'Reinsurers'' share of reserves', 'asset', 'none', false), ('2211', '应付职工薪酬', 'Payroll payable', 'liability', 'none', false),
    ('2221', '应交税费', 'Taxes payable', 'liability', 'none', false), ('2241', '其他应付款', 'Other payables', 'liability', 'none', false),
    ('2261', '应付分保账款', 'Due to reinsurers', 'liability', 'none', false), ('2601', '未到期责任准备金', 'Unearned premium reserve', 'liability', 'none', false),
    ('2602', '未决赔款准备金', 'Outstanding claims reserve', 'liability', 'none', false), ('2603', '寿险责任准备金', 'Long-term reserve', 'liability', 'none', false),
    ('2614', '保户储金及投资款', 'Policyholder deposits', 'liability', 'none', false), ('4001', '实收资本与运营资金', 'Paid-in capital', 'equity', 'none', false),
    ('4003', '其他综合收益', 'Other comprehensive income', 'equity', 'none', false), ('603101', '首年保费收入', 'First-year premium', 'income', 'premium', false),
    ('603102', '续年保费收入', 'Later-year premium', 'income', 'premium', false), ('6051', '服务费收入', 'Fee income', 'income', 'service', false),
    ('6061', '汇兑损益', 'Exchange gains', 'income', 'investment', false), ('6101', '公允价值变动损益', 'Fair value changes', 'income', 'investment', false),
    ('6111', '投资收益', 'Investment income', 'income', 'investment', false), ('6202', '摊回赔付支出', 'Claims recovered from reinsurers', 'income', 'reinsurance', false),
    ('6203', '摊回分保费用', 'Ceding commission', 'income', 'reinsurance', false), ('6403', '税金及附加', 'Taxes and surcharges', 'expense', 'tax', false),
    ('6411', '利息支出', 'Interest expense', 'expense', 'investment', false), ('6421', '手续费及佣金支出', 'Commission', 'expense', 'commission', false),
    ('6501', '提取未到期责任准备金', 'Change of unearned premium', 'expense', 'reserve', false), ('650201', '提取未决赔款准备金', 'Change of outstanding claims', 'expense', 'reserve', false),
    ('650202', '提取寿险责任准备金', 'Change of long-term reserve', 'expense', 'reserve', false), ('650203', '保户储金变动', 'Change of policyholder deposits', 'expense', 'reserve', false),
    ('650291', '摊回准备金', 'Change of reinsurers'' share', 'expense', 'reserve', false), ('651101', '赔款支出', 'Claims paid', 'expense', 'claims', false),
    ('651102', '死伤医疗给付', 'Benefits paid', 'expense', 'claims', false), ('6531', '退保金', 'Surrenders', 'expense', 'claims', false),
    ('6541', '分出保费', 'Ceded premium', 'expense', 'reinsurance', false), ('660101', '工资薪金', 'Salaries', 'administrative', 'administration', true),
    ('660102', '社会保险与公积金', 'Social insurance', 'administrative', 'administration', true), ('660103', '职场租金', 'Office rent', 'administrative', 'administration', true),
    ('660104', '信息系统折旧摊销', 'IT depreciation and amortisation', 'administrative', 'technology', true), ('660105', '行政办公', 'Office administration', 'administrative', 'administration', true),
    ('660111', '绩效奖金', 'Bonuses', 'administrative', 'administration', false), ('660112', '业务宣传费', 'Promotion', 'administrative', 'sales', false),
    ('660113', '银保专管员薪酬', 'Bank channel staff pay', 'administrative', 'sales', false), ('660114', '培训费', 'Sales training', 'administrative', 'sales', false),
    ('660121', '理赔查勘费', 'Claim survey', 'administrative', 'operations', false), ('660122', '印刷邮寄费', 'Printing and postage', 'administrative', 'operations', false),
    ('660123', '客户服务费', 'Customer service', 'administrative', 'operations', false), ('660124', '机房与系统运维费', 'Computer centre operation', 'administrative', 'operations', false),
    ('6602', '其他经营费用', 'Other operating expense', 'other_operating', 'administration', false), ('6701', '资产减值损失', 'Impairment', 'expense', 'investment', false),
    ('6801', '所得税费用', 'Income tax', 'expense', 'tax', false)
) as accounts(account_code, account_name_zh, account_name_en, account_class, expense_function, is_fixed);

-- Expenses of a year in rates of what the company's size is measured by: standard premium in life, scale premium in
-- property insurance, a yearly budget elsewhere. Life: all expenses 14 % of standard premium in 2020 and 11 % in 2021, fixed
-- ones 14 % and 9 %; both published for 2020 are rounded, so fixed is 13.6 % and the total 14.4 %. Property: operations fall
-- by two points over the three years from 2017 to 2020.
create table world.expense_rate as
with rates as (
    select
        *,
        case company_type when 'life' then standard_premium when 'property' then scale_premium else
            getvariable('size') * months / 12 * 1.08 ** (year_number - 2020)
            * case company_type when 'account' then 1.8e6 when 'bank' then 3e6 when 'group' then 1.2e6 when 'fund' then 0.9e6 else 0.7e6 end end as base_amount,
        case company_type
            when 'life' then case year_number when 2020 then 0.136 when 2021 then 0.090 else if(year_number > 2021, 0.084, 0.140 + 0.012 * (2020 - year_number)) end
            when 'property' then 0.060 + 0.002 * greatest(2020 - year_number, 0)
            else 0.62 end as fixed_rate,
        case company_type
            when 'life' then case year_number when 2020 then 0.0024 when 2021 then 0.0075 else 0.0070 end
            when 'property' then case year_number when 2018 then 0.1330 when 2019 then 0.1265 when 2020 then 0.1200 else if(year_number > 2020, 0.1165, 0.1400 + 0.003 * (2017 - year_number)) end
            else 0.20 end as operations_rate,
        case company_type when 'life' then case year_number when 2020 then 0.0056 when 2021 then 0.0125 else 0.0130 end when 'property' then 0.055 else 0.18 end as other_rate
    from world.company_year
),

shares(account_code, part, life_share, property_share, other_share) as (
    values
    ('660101', 'fixed', 0.50, 0.50, 0.55), ('660102', 'fixed', 0.15, 0.15, 0.16), ('660103', 'fixed', 0.15, 0.15, 0.10), ('660104', 'fixed', 0.12, 0.12, 0.13),
    ('660105', 'fixed', 0.08, 0.08, 0.06), ('660121', 'operations', 0.12, 0.45, 0.0), ('660122', 'operations', 0.25, 0.12, 0.05),
    ('660123', 'operations', 0.38, 0.28, 0.45), ('660124', 'operations', 0.25, 0.15, 0.50), ('660111', 'other', 0.20, 0.25, 0.80),
    ('660112', 'other', 0.30, 0.40, 0.0), ('660113', 'other', 0.25, 0.0, 0.0), ('660114', 'other', 0.15, 0.20, 0.0), ('6602', 'other', 0.10, 0.15, 0.20)
)

select
    rates.company_code,
    rates.company_type,
    rates.year_number,
    shares.account_code,
    account.expense_function,
    rates.base_amount * case shares.part when 'fixed' then fixed_rate when 'operations' then operations_rate else other_rate end
    * case rates.company_type when 'life' then life_share when 'property' then property_share else other_share end as yearly_amount
from rates
cross join shares
inner join world.ledger_account as account on account.account_code = shares.account_code
where rates.base_amount > 0;

-- Two fifths of an expense are the head office's, the rest follows premium; what sells is spent where and how it sells.
create table world.expense as
with premium as (
    select company_of.company_code, company_of.branch_code, flow.channel_code, year(flow.month_end)::integer as year_number, greatest(sum(flow.amount), 0)::double as amount
    from world.accounting_flow as flow
    inner join world.company_of on company_of.organisation_code = flow.organisation_code
    where flow.flow_kind like '%_premium' or flow.flow_kind like '%_deposit'
    group by all
),

places as (
    select company_code, year_number, branch_code, channel_code, 'sales' as kind, amount as weight from premium
    union all
    select company_code, year_number, branch_code, null, 'other', 0.6 * amount / nullif(sum(amount) over (partition by company_code, year_number), 0)
    from (select company_code, year_number, branch_code, sum(amount) as amount from premium group by all)
    union all
    select company_code, year_number, company_code, null, 'other', 0.4 from world.company_year
),

spent as (
    select
        rate.company_code,
        month.month_end,
        month.quarter_end,
        places.branch_code as organisation_code,
        places.channel_code,
        rate.account_code,
        rate.expense_function,
        rate.year_number,
        rate.yearly_amount,
        places.weight * month.spending_weight * exp(0.05 * normal('spending', hash(places.branch_code || rate.account_code) % 100000 * 100000
            + month.year_number * 12 + month.month_number)) as weight
    from world.expense_rate as rate
    inner join places
        on places.company_code = rate.company_code
        and places.year_number = rate.year_number
        and places.kind = if(rate.expense_function = 'sales', 'sales', 'other')
        and (rate.account_code <> '660113' or places.channel_code = 'BANC')
    inner join world.accounting_month as month on month.year_number = rate.year_number
    where places.weight > 0 and rate.yearly_amount > 0
),

weighed as (
    select *, sum(round(weight, 9)::decimal(30, 9)) over (partition by company_code, year_number, account_code)::double as all_weights from spent
)

select * exclude (weight, all_weights, yearly_amount), round(yearly_amount * weight / all_weights, 2)::decimal(18, 2) as amount
from weighed
where round(yearly_amount * weight / all_weights, 2) > 0;
