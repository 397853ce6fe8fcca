-- Plans and budgets of a year, approved in the December before it. Plans grow from what the year before brought; budgets of
-- sales expense are by branch, channel and quarter, the others by branch and quarter.
create table delivery.finance__premium_plan as
with years as (
    select company_of.branch_code, flow.channel_code, year(flow.month_end)::integer as year_number, greatest(sum(flow.amount), 0)::double as amount
    from world.accounting_flow as flow
    inner join world.company_of on company_of.organisation_code = flow.organisation_code
    where flow.flow_kind like '%_premium' or flow.flow_kind like '%_deposit'
    group by all
),

planned as (
    select years.branch_code, years.channel_code, years.year_number,
        -- The first year is planned at 95 % of what it brings, later ones at 108 to 126 % of the year before.
        coalesce(before.amount * (1.08 + 0.18 * uniform('plan', hash(years.branch_code || years.channel_code) % 100000 * 10000 + years.year_number)), years.amount * 0.95) as amount
    from years
    left join years as before
        on before.branch_code = years.branch_code and before.channel_code = years.channel_code and before.year_number = years.year_number - 1 and before.amount > 0
)

select
    delivered_yearly(make_date(year_number - 1, 12, 20)) as dt,
    year_number as plan_year,
    branch_code as organisation_code,
    channel_code,
    (1000 * greatest(round(amount / 1000), 1))::decimal(18, 2) as planned_premium_amount,
    make_date(year_number - 1, 12, 20) as approved_date
from planned
where amount > 0;

-- Budgets that are overspent, met exactly and nearly used up: one branch and channel each of the life company in its last full year.
create table world.budget_case as
with places as (
    select organisation_code, channel_code, row_number() over (order by sum(amount) desc, organisation_code, channel_code) as position
    from world.expense
    inner join world.company_of using (organisation_code)
    where expense_function = 'sales' and company_of.company_type = 'life' and year_number = year(as_of()) - 1
    group by organisation_code, channel_code
)

select places.organisation_code, places.channel_code, year(as_of())::integer - 1 as year_number, cases.*
from (
    values
    (1, 1.0000, 'silent', 'boundary: sales expense budget used up exactly'), (2, 1.1200, 'fire', 'sales expenses 12 % over budget'),
    (3, 0.9990, 'silent', 'near miss: 99.9 % of the budget used'), (4, 1.0020, 'fire', 'sales expenses 0.2 % over budget')
) as cases(position, execution_ratio, case_kind, explanation)
inner join places on places.position = cases.position;

create table world.budget as
with spent as (
    select organisation_code, channel_code, account_code, expense_function, quarter_end, year_number, sum(amount)::double as amount
    from world.expense
    group by all
),

-- The quarters of a year that are still to come are budgeted like its first ones.
quarters as (
    select organisation_code, channel_code, account_code, expense_function, year_number, quarter(quarter_end) as quarter_number, amount from spent
    union all
    select organisation_code, channel_code, account_code, expense_function, year_number, quarter(quarter_end) + 2, amount
    from spent
    where year_number = year(as_of()) and quarter(quarter_end) + 2 > quarter(as_of()) and quarter(quarter_end) + 2 <= 4
)

select
    quarters.*,
    make_date(year_number, 3 * quarter_number::integer - 2, 1) as period_start_date,
    coalesce(budget_case.execution_ratio, 0.84 + 0.13 * uniform(
        'budget', hash(quarters.organisation_code || coalesce(quarters.channel_code, '') || if(quarters.expense_function = 'sales', '', quarters.account_code)) % 1000000 * 10000 + year_number
    ))::double as execution_ratio
from quarters
left join world.budget_case using (organisation_code, channel_code, year_number);

create table delivery.finance__budget as
select
    delivered_yearly(make_date(year_number - 1, 12, 22)) as dt,
    'BG' || year_number || 'Q' || quarter_number || account_code || organisation_code || coalesce('_' || channel_code, '') as budget_number,
    organisation_code,
    channel_code,
    account_code,
    period_start_date,
    last_day(period_start_date + interval 2 month) as period_end_date,
    round(amount / execution_ratio, 2)::decimal(18, 2) as budget_amount,
    make_date(year_number - 1, 12, 22) as approved_date
from world.budget;
