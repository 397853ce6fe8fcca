-- Investments of the insurers by month, account and asset class: they follow the reserves, their returns follow one market.
create macro opening_capital(company_type) as (
    getvariable('size') * case company_type when 'group' then 40e6 when 'life' then 12e6 when 'property' then 6e6 when 'bank' then 8e6 else 2e6 end
);

-- Shocks of the market by month: ordinary noise, the spring of 2020 and the first months of 2022; rates fall slowly since 2014.
create table world.market as
with months as (
    select month_end, year_number * 12 + month_number as market_month from world.accounting_month
)

select
    month_end,
    0.006 + 0.026 * normal('stock_market', market_month)
    + case strftime(month_end, '%Y-%m') when '2020-02' then -0.02 when '2020-03' then -0.06 when '2020-06' then 0.05 when '2020-07' then 0.06 when '2022-01' then -0.06
        when '2022-03' then -0.05 when '2022-04' then -0.05 else 0 end as stock_return,
    0.0008 * normal('rates', market_month) - 0.0001 as rate_change,
    0.0465 - 0.0016 * (year(month_end) - 2014) as bond_yield
from months;

create table world.asset_class as
from (
    values
    ('cash', 0.04, -0.025, 0.0, 0.0, false), ('deposit', 0.18, -0.008, 0.0, 0.0, false), ('bond', 0.44, 0.0, 6.0, 0.0, false),
    ('bond_fund', 0.06, 0.001, 2.0, 0.05, false), ('debt_plan', 0.10, 0.012, 0.0, 0.0, false), ('stock', 0.07, -0.022, 0.0, 1.0, true),
    ('equity_fund', 0.06, -0.024, 0.0, 0.8, true), ('unlisted_equity', 0.05, -0.004, 0.0, 0.15, true)
) as classes(asset_class, weight, spread, duration, market_share, is_equity);

create table world.investment_position as
with reserves as (
    select company_code, quarter_end, sum(gross_amount - ceded_amount)::double as reserve_amount from world.reserve group by all
),

funds as (
    select
        company.organisation_code as company_code,
        month.month_end,
        month.year_number * 12 + month.month_number as market_month,
        opening_capital(company.company_type) * 0.9 + 0.96 * (
            coalesce(before.reserve_amount, 0) + (coalesce(after.reserve_amount, 0) - coalesce(before.reserve_amount, 0)) * (1 + (month.month_number - 1) % 3) / 3.0
        ) as fund_amount,
        accounts.account_kind,
        accounts.share as account_share
    from world.organisation as company
    inner join (
        values ('life', 'traditional', 0.38), ('life', 'participating', 0.44), ('life', 'universal', 0.18), ('property', 'general', 1.0), ('group', 'general', 0.5)
    ) as accounts(company_type, account_kind, share) on accounts.company_type = company.company_type
    cross join world.accounting_month as month
    left join reserves as after on after.company_code = company.organisation_code and after.quarter_end = month.quarter_end
    left join reserves as before
        on before.company_code = company.organisation_code and before.quarter_end = last_day(date_trunc('quarter', month.month_end) - interval 1 day)
    where company.organisation_level <= 1
),

held as (
    select
        funds.*,
        asset_class.*,
        market.stock_return,
        market.rate_change,
        market.bond_yield,
        hash(funds.company_code || funds.account_kind || asset_class.asset_class) % 1000000 * 100000 + funds.market_month as position_id
    from funds
    cross join world.asset_class
    inner join world.market on market.month_end = funds.month_end
),

valued as (
    select
        *,
        -- The managers move a tenth of each weight about.
        fund_amount * account_share * weight * (1 + 0.10 * sin(market_month / 7.0 + position_id % 7)) as book_amount,
        stock_return * market_share + 0.006 * normal('own_return', position_id) * is_equity::integer - duration * rate_change as price_return
    from held
)

select
    month_end,
    company_code,
    account_kind,
    asset_class,
    is_equity,
    round(book_amount, 2)::decimal(18, 2) as book_amount,
    -- Held at cost, bonds are worth more than their books when rates have fallen since they were bought.
    round(book_amount * case when duration > 0 then 1 + duration * clamped(0.0465 - bond_yield, -0.01, 0.01) * 0.5 + duration * rate_change * -1 else 1 end, 2)::decimal(18, 2)
        as fair_value_amount,
    round(book_amount * (bond_yield + spread) / 12 * case when is_equity then (month(month_end) in (6, 7))::integer * 4 + 0.3 else 1 end, 2)::decimal(18, 2) as income_amount,
    round(if(market_share > 0, 0.5, 0) * book_amount * price_return, 2)::decimal(18, 2) as fair_value_change_amount,
    round(if(asset_class in ('deposit', 'stock'), 0.05, 0) * book_amount * 0.012 * normal('exchange', market_month), 2)::decimal(18, 2) as exchange_gain_amount,
    round(if(is_equity and price_return < -0.08, 0.05, if(asset_class = 'debt_plan' and uniform('credit_event', position_id) < 0.01, 0.02, 0)) * book_amount, 2)::decimal(18, 2)
        as impairment_amount,
    round(if(asset_class = 'bond', 0.08 * book_amount * 0.022 / 12, 0), 2)::decimal(18, 2) as interest_expense_amount,
    round(if(asset_class in ('deposit', 'cash', 'debt_plan'), 0, 0.5) * if(asset_class = 'bond', 0.4, 1) * book_amount * price_return, 2)::decimal(18, 2) as unrealised_change_amount
from valued;

create table delivery.finance__investment_position as
select
    delivered_yearly(month_end) as dt, company_code as organisation_code, account_kind, asset_class, month_end as position_date, book_amount,
    fair_value_amount, income_amount, fair_value_change_amount, exchange_gain_amount, impairment_amount, interest_expense_amount,
    unrealised_change_amount
from world.investment_position;
