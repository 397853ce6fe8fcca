-- What the actuaries deliver: value rates by product and channel for each year, and embedded value at half-years.
create table world.value_rate as
with offers as (
    select distinct policy.product_code, policy.channel_code, product.demand_kind, product.is_long_term, product.launched_date
    from world.policy
    inner join world.product on product.product_code = policy.product_code
),

years as (
    select distinct year_number from world.accounting_month
)

select
    offers.product_code,
    offers.channel_code,
    greatest(make_date(years.year_number, 1, 1), offers.launched_date) as valid_from_date,
    -- The assumptions of a year are approved in the December before, those of a new product when it is launched.
    greatest(make_date(years.year_number - 1, 12, 16), offers.launched_date) as approved_date,
    -- Protection is worth most, and business of banks and platforms least; margins have been falling by two hundredths a year.
    round(case when offers.demand_kind = 'protection' then 0.46 when offers.demand_kind = 'savings' then 0.13 when offers.is_long_term then 0.20 else 0.055 end
        * case offers.channel_code when 'AGENCY' then 1.1 when 'BANC' then 0.6 when 'BROKER' then 0.8 when 'ONLINE_PLATFORM' then 0.7 else 1.0 end
        * (1 - 0.02 * (years.year_number - 2020))
        * (0.92 + 0.16 * uniform('value_rate', hash(offers.product_code || offers.channel_code) % 1000000)), 4)::decimal(9, 4) as margin_ratio
from offers
inner join years on years.year_number >= year(offers.launched_date);

create table delivery.finance__value_rate as
select delivered_yearly(approved_date) as dt, product_code, channel_code, valid_from_date, margin_ratio, approved_date
from world.value_rate;

create table world.embedded_value as
with half_years as (
    select quarter_end, quarter_end + 75 as report_date
    from world.accounting_quarter
    where month(quarter_end) in (6, 12) and quarter_end + 75 <= as_of() and quarter_end = last_day(quarter_end)
),

new_business as (
    select policy.company_code, half_years.quarter_end,
        sum((policy.premium_amount * if(policy.payment_frequency = 'single' and policy.is_long_term, 0.25, 1) * value_rate.margin_ratio)::decimal(18, 2)) as new_business_value
    from world.policy
    inner join world.value_rate
        on value_rate.product_code = policy.product_code and value_rate.channel_code = policy.channel_code
        and year(value_rate.valid_from_date) = year(policy.issue_date)
    inner join half_years on policy.issue_date > last_day(half_years.quarter_end - interval 6 month) and policy.issue_date <= half_years.quarter_end
    where policy.is_long_term
    group by all
),

in_force as (
    select reserve.company_code, reserve.quarter_end, sum(reserve.gross_amount * if(product.demand_kind = 'protection', 0.34, 0.08))::decimal(18, 2) as value_in_force
    from world.reserve
    inner join world.product on product.product_code = reserve.product_code
    where reserve.reserve_kind in ('long_term', 'policyholder_deposit')
    group by all
),

life as (
    select
        half_years.*,
        balance.company_code,
        (balance.amount * 1.06)::decimal(18, 2) as adjusted_net_worth,
        solvency.minimum_capital as required_capital,
        in_force.value_in_force,
        round(in_force.value_in_force::double * 0.12, 2)::decimal(18, 2) as cost_of_capital,
        coalesce(new_business.new_business_value, 0) as new_business_value,
        (0.115 - 0.005 * (year(half_years.quarter_end) >= 2021)::integer)::decimal(9, 4) as risk_discount_ratio
    from half_years
    inner join world.balance on balance.quarter_end = half_years.quarter_end and balance.item_code = 'net_assets'
    inner join world.company_of on company_of.organisation_code = balance.company_code and company_of.company_type = 'life'
    inner join world.solvency on solvency.company_code = balance.company_code and solvency.quarter_end = half_years.quarter_end
    inner join in_force on in_force.company_code = balance.company_code and in_force.quarter_end = half_years.quarter_end
    left join new_business on new_business.company_code = balance.company_code and new_business.quarter_end = half_years.quarter_end
)

select * from life
union all
-- The group: its life companies' values and the net worth of all the others.
select life.quarter_end, life.report_date, top.organisation_code,
    (sum(life.adjusted_net_worth) + any_value(others.net_assets))::decimal(18, 2), sum(life.required_capital), sum(life.value_in_force), sum(life.cost_of_capital),
    sum(life.new_business_value), any_value(life.risk_discount_ratio)
from life
inner join world.organisation as top on top.organisation_level = 0
inner join (
    select balance.quarter_end, sum(balance.amount) as net_assets
    from world.balance
    inner join world.company_of on company_of.organisation_code = balance.company_code
    where balance.item_code = 'net_assets' and company_of.company_type <> 'life'
    group by all
) as others on others.quarter_end = life.quarter_end
group by life.quarter_end, life.report_date, top.organisation_code;

create table delivery.finance__embedded_value as
select
    delivered_yearly(report_date) as dt,
    company_code as organisation_code,
    quarter_end as valuation_date,
    report_date,
    adjusted_net_worth as adjusted_net_worth_amount,
    least(required_capital, adjusted_net_worth)::decimal(18, 2) as required_capital_amount,
    greatest(adjusted_net_worth - required_capital, 0)::decimal(18, 2) as free_surplus_amount,
    value_in_force as value_in_force_amount,
    cost_of_capital as cost_of_capital_amount,
    (adjusted_net_worth + value_in_force - cost_of_capital)::decimal(18, 2) as embedded_value_amount,
    new_business_value::decimal(18, 2) as new_business_value_amount,
    risk_discount_ratio
from world.embedded_value;
