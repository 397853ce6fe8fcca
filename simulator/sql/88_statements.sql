-- What is reported from the books: balance sheets, solvency with the cases of rule CR05, embedded value and value rates.
create table world.balance as
with balances as (
    select
        quarter.quarter_end,
        entry.company_code,
        case
            when entry.account_code = '1002' then 'cash'
            when entry.account_code = '1111' then 'investments'
            when entry.account_code = '1213' then 'reinsurance_assets'
            when entry.account_code in ('2601', '2602', '2603') then 'insurance_reserves'
            when entry.account_code = '2614' then 'policyholder_deposits'
            when entry.account_code like '2%' then 'other_liabilities'
            when entry.account_code = '4001' then 'paid_in_capital'
            when entry.account_code = '4003' then 'other_comprehensive_income'
            else 'retained_earnings'
        end as item_code,
        sum(entry.amount) as amount
    from world.ledger_entry as entry
    inner join world.accounting_quarter as quarter on entry.month_end <= quarter.quarter_end
    group by all
),

signed as (
    select quarter_end, company_code, item_code,
        if(item_code in ('cash', 'investments', 'reinsurance_assets'), 'asset', if(item_code in ('insurance_reserves', 'policyholder_deposits', 'other_liabilities'),
            'liability', 'equity')) as item_class,
        if(item_code in ('cash', 'investments', 'reinsurance_assets'), amount, -amount) as amount
    from balances
)

select quarter_end, company_code, item_class, item_code, amount from signed where amount <> 0
union all
select quarter_end, company_code, item_class, case item_class when 'asset' then 'total_assets' when 'liability' then 'total_liabilities' else 'net_assets' end, sum(amount)
from signed
group by all;

create table delivery.finance__balance_sheet_item as
select delivered_yearly(quarter_end) as dt, company_code as organisation_code, quarter_end as balance_date, item_class, item_code, amount::decimal(18, 2) as item_amount
from world.balance;

-- Solvency reports come 25 days after the quarter. Quarters back from the last reported one: the cases of CR05 in life, where
-- growth used up capital; a property insurer at 116 % breaks nothing, as the rule is about life cover sold online.
create table world.solvency_case as
from (
    values
    ('life', 0, 1.1999, 0.7700, 'BBB', 1.0640, 'fire', 'boundary: comprehensive ratio one hundredth of a point under 120 %'),
    ('life', 1, 1.2000, 0.7800, 'BBB', 1.0655, 'silent', 'boundary: comprehensive ratio exactly 120 %'),
    ('life', 2, 1.2800, 0.7500, 'A', 1.0710, 'silent', 'boundary: core ratio exactly 75 %'),
    ('life', 3, 1.3100, 0.7499, 'A', 1.0745, 'fire', 'core ratio one hundredth of a point under 75 %'),
    ('life', 4, 1.3700, 0.8000, 'C', 1.0790, 'fire', 'risk rating C, all ratios good'),
    ('life', 5, 1.4100, 0.8400, 'B', 1.0560, 'silent', 'boundary: risk rating B'),
    ('life', 6, 1.4600, 0.8800, 'A', 1.0000, 'fire', 'boundary: reserves covered by exactly 100 %'),
    ('life', 7, 1.5000, 0.9200, 'A', 1.0001, 'silent', 'near miss: reserves covered by 100.01 %'),
    ('property', 0, 1.1600, 0.9800, 'C', null, 'silent', 'near miss: a property insurer below 120 % and rated C')
) as cases(company_type, quarters_back, comprehensive_ratio, core_ratio, risk_rating, coverage_ratio, case_kind, explanation);

create table world.solvency as
with quarters as (
    select quarter_end, quarter_end + 25 as report_date, row_number() over (order by quarter_end desc) - 1 as quarters_back
    from world.accounting_quarter
    where quarter_end + 25 <= as_of() and quarter_end = last_day(quarter_end)
),

insurers as (
    select organisation_code as company_code, company_type, hash(organisation_code) % 10000 * 10000 as company_id,
        row_number() over (partition by company_type order by organisation_code desc) = 1 as is_case_company
    from world.organisation
    where organisation_level = 1 and company_type in ('life', 'property')
),

items as (
    select quarter_end, company_code,
        sum(amount) filter (item_code = 'net_assets') as net_assets,
        sum(amount) filter (item_code = 'total_assets') as total_assets,
        sum(amount) filter (item_code in ('insurance_reserves', 'policyholder_deposits')) as reserves,
        coalesce(sum(amount) filter (item_code = 'other_liabilities'), 0) as other_liabilities
    from world.balance
    group by all
),

ratios as (
    select
        insurers.*,
        quarters.*,
        items.* exclude (quarter_end, company_code),
        solvency_case.case_kind,
        solvency_case.explanation,
        coalesce(solvency_case.comprehensive_ratio, round(if(insurers.company_type = 'life', 1.50 + 0.012 * least(quarters.quarters_back - 6, 12), 2.25)
            + 0.03 * normal('solvency', insurers.company_id + year(quarters.quarter_end) * 4 + quarter(quarters.quarter_end)), 4))::decimal(9, 4) as comprehensive_ratio,
        coalesce(solvency_case.core_ratio, round(if(insurers.company_type = 'life', 0.98, 2.05)
            + 0.03 * normal('core_solvency', insurers.company_id + year(quarters.quarter_end) * 4 + quarter(quarters.quarter_end)), 4))::decimal(9, 4) as core_ratio,
        -- Companies are rated since the second quarter of 2016.
        case when quarters.quarter_end >= date '2016-06-30' then coalesce(solvency_case.risk_rating,
            chosen('risk_rating', insurers.company_id + year(quarters.quarter_end) * 4 + quarter(quarters.quarter_end), ['A', 'A', 'A', 'B', 'BBB', 'AA'])) end as risk_rating,
        coalesce(solvency_case.coverage_ratio,
            round(if(insurers.company_type = 'life', 1.09, 0.96 + least(0.96 * net_assets::double / reserves::double, 8))
                + 0.012 * normal('coverage', insurers.company_id + year(quarters.quarter_end) * 4 + quarter(quarters.quarter_end)), 4))::decimal(9, 4) as coverage_ratio
    from insurers
    cross join quarters
    inner join items on items.company_code = insurers.company_code and items.quarter_end = quarters.quarter_end
    left join world.solvency_case
        on insurers.is_case_company and solvency_case.company_type = insurers.company_type and solvency_case.quarters_back = quarters.quarters_back
    where items.reserves > 0
),

-- Amounts in hundreds of yuan, so that a ratio of four places comes out exactly.
sized as (
    select *, (100 * greatest(round(net_assets::double * 1.04 / comprehensive_ratio::double / 100), 1))::decimal(18, 2) as minimum_capital,
        (100 * round(reserves::double / 100))::decimal(18, 2) as covered_reserves
    from ratios
)

select
    *,
    (minimum_capital * comprehensive_ratio)::decimal(18, 2) as actual_capital,
    (minimum_capital * core_ratio)::decimal(18, 2) as core_capital,
    (covered_reserves * coverage_ratio - total_assets + other_liabilities)::decimal(18, 2) as expense_adjustment
from sized;

create table delivery.finance__solvency as
select
    delivered_quarterly(report_date) as dt,
    company_code as organisation_code,
    quarter_end as quarter_end_date,
    report_date,
    actual_capital as actual_capital_amount,
    core_capital as core_capital_amount,
    actual_capital - core_capital as supplementary_capital_amount,
    minimum_capital as minimum_capital_amount,
    round(minimum_capital * if(company_type = 'life', 0.38, 0.52), 2)::decimal(18, 2) as insurance_risk_capital_amount,
    round(minimum_capital * if(company_type = 'life', 0.55, 0.30), 2)::decimal(18, 2) as market_risk_capital_amount,
    round(minimum_capital * 0.22, 2)::decimal(18, 2) as credit_risk_capital_amount,
    risk_rating,
    total_assets::decimal(18, 2) as total_assets_amount,
    other_liabilities::decimal(18, 2) as other_liability_amount,
    expense_adjustment as expense_adjustment_amount,
    covered_reserves as policy_reserve_amount
from world.solvency;
