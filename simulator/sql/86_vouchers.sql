-- Lines of the vouchers of a month: business, expenses, investments, reserves, reinsurance, fees and taxes.
create table world.ledger_line as
with business as (
    select
        month_end,
        organisation_code,
        'B' as voucher_kind,
        case flow_kind
            when 'first_premium' then '603101' when 'later_premium' then '603102' when 'first_deposit' then '2614' when 'later_deposit' then '2614'
            when 'commission' then '6421' when 'claim' then '651101' when 'benefit' then '651102' else '6531' end as account_code,
        channel_code,
        product_line,
        sum(if(flow_kind like '%_premium' or flow_kind like '%_deposit', -amount, amount)) as amount,
        '1002' as contra_code
    from world.accounting_flow
    group by all
),

expenses as (
    select month_end, organisation_code, 'E', account_code, channel_code, null, amount, if(account_code in ('660101', '660102', '660111'), '2211', '2241')
    from world.expense
),

investments as (
    select month_end, company_code, 'I', unnest(['6111', '6101', '6061', '6701', '4003', '6411']), null, null,
        unnest([-sum(income_amount), -sum(fair_value_change_amount), -sum(exchange_gain_amount), sum(impairment_amount),
            -sum(unrealised_change_amount), sum(interest_expense_amount)]),
        unnest(['1111', '1111', '1111', '1111', '1111', '1002'])
    from world.investment_position
    group by month_end, company_code
),

reserve_levels as (
    select
        reserve.company_code,
        product.product_line,
        reserve.quarter_end,
        reserve.reserve_kind,
        sum(reserve.gross_amount) as gross_amount,
        sum(reserve.ceded_amount) as ceded_amount
    from world.reserve
    inner join world.product on product.product_code = reserve.product_code
    group by all
),

-- What stood at one quarter end and no more at the next is released.
reserve_moves as (
    select company_code, product_line, quarter_end, reserve_kind, gross_amount, ceded_amount from reserve_levels
    union all
    select levels.company_code, levels.product_line, next_quarter.quarter_end, levels.reserve_kind, -levels.gross_amount, -levels.ceded_amount
    from reserve_levels as levels
    inner join world.accounting_quarter as this_quarter on this_quarter.quarter_end = levels.quarter_end
    inner join world.accounting_quarter as next_quarter on next_quarter.quarter_index = this_quarter.quarter_index + 1
    union all
    -- Deposits received are a liability at once; only interest and releases go through the accounts of result.
    select company_code, product_line, quarter_closing(month_end), 'policyholder_deposit', -sum(amount), 0
    from world.accounting_flow
    where flow_kind like '%_deposit'
    group by all
),

reserves as (
    select quarter_end, company_code, 'R',
        case reserve_kind when 'unearned_premium' then '6501' when 'long_term' then '650202' when 'policyholder_deposit' then '650203' else '650201' end,
        null, product_line, sum(gross_amount),
        case reserve_kind when 'unearned_premium' then '2601' when 'long_term' then '2603' when 'policyholder_deposit' then '2614' else '2602' end
    from reserve_moves
    group by all
    union all
    select quarter_end, company_code, 'R', '650291', null, product_line, -sum(ceded_amount), '1213' from reserve_moves group by all
),

reinsurance as (
    select statement.quarter_end, statement.company_code, 'C', unnest(['6541', '6203', '6202']), null, product.product_line,
        unnest([sum(ceded_premium_amount), -sum(ceding_commission_amount), -sum(recovered_claim_amount)]), '2261'
    from world.reinsurance_statement as statement
    inner join world.product on product.product_code = statement.product_code
    group by statement.quarter_end, statement.company_code, product.product_line
),

-- Companies without policies live on fees, 4 to 18 % above what they spend.
fees as (
    select expense.month_end, expense.company_code, 'F', '6051', null, null,
        -round(sum(expense.amount)::double * (1.11 + 0.07 * sin(month(expense.month_end))), 2)::decimal(18, 2), '1002'
    from world.expense
    inner join world.company_of on company_of.organisation_code = expense.company_code
    where company_of.company_type not in ('life', 'property')
    group by expense.month_end, expense.company_code
),

surcharges as (
    select flow.month_end, flow.company_code, 'T', '6403', null, null,
        greatest(round(sum(flow.amount)::double * if(company_of.company_type = 'property', 0.0068, 0.0009), 2), 0)::decimal(18, 2), '2221'
    from world.accounting_flow as flow
    inner join world.company_of on company_of.organisation_code = flow.company_code
    where flow.flow_kind like '%_premium'
    group by flow.month_end, flow.company_code, company_of.company_type
),

booked as (
    select * from business
    union all select * from expenses
    union all select * from investments
    union all select * from reserves
    union all select * from reinsurance
    union all select * from fees
    union all select * from surcharges
)

select booked.* replace (booked.amount::decimal(18, 2) as amount), company_of.company_code
from booked
inner join world.company_of on company_of.organisation_code = booked.organisation_code
where booked.amount <> 0;

-- A quarter of a profitable year goes to income tax, in the last month of the year.
insert into world.ledger_line
with years as (
    select company_code, year(month_end) as year_number, max(month_end) as month_end, -sum(amount) as profit_amount
    from world.ledger_line
    where account_code like '6%'
    group by all
)

select month_end, company_code, 'T', '6801', null, null, round(profit_amount::double * 0.25, 2)::decimal(18, 2), '2221', company_code
from years
where profit_amount > 1;
