-- What the ledgers stand on: every organisation's company and branch below it, month ends, and the money of the records by month.
create table world.company_of as
with recursive upward as (
    select organisation_code, organisation_code as company_code, organisation_code as branch_code, 1 as depth from world.organisation where organisation_level <= 1
    union all
    select below.organisation_code, upward.company_code, if(upward.depth = 1, below.organisation_code, upward.branch_code), upward.depth + 1
    from world.organisation as below
    inner join upward on upward.organisation_code = below.parent_organisation_code
    where below.organisation_level > 1
)

select upward.organisation_code, upward.company_code, upward.branch_code, company.company_type, own.organisation_level
from upward
inner join world.organisation as company on company.organisation_code = upward.company_code
inner join world.organisation as own on own.organisation_code = upward.organisation_code;

-- Books close on the last day of a month; a month that still runs closes on the as-of day.
create macro month_closing(happened) as (least(last_day((happened)::date), as_of()));
create macro quarter_closing(happened) as (least(last_day(date_trunc('quarter', (happened)::date) + interval 2 month), as_of()));

create table world.accounting_month as
select
    month_closing(month_start) as month_end,
    year(month_start)::integer as year_number,
    month(month_start)::integer as month_number,
    quarter_closing(month_start) as quarter_end,
    -- Spending waits for Spring Festival and catches up before the year closes.
    [0.92, 0.85, 1.0, 1.0, 1.0, 1.03, 0.98, 0.98, 1.02, 1.0, 1.05, 1.17][month(month_start)] as spending_weight
from (select unnest(generate_series(date_trunc('month', first_day()), as_of(), interval 1 month)) as month_start);

create table world.accounting_quarter as
select quarter_end, min(date_trunc('quarter', month_end))::date as quarter_start, row_number() over (order by quarter_end) as quarter_index
from world.accounting_month
group by quarter_end;

-- Day by day money of policies. A deposit is the part of a premium that goes to an account value.
create table world.policy_money as
with free_look as (
    select policy_id, min(completed_date) as cancelled_date
    from world.servicing_request
    where servicing_type = 'free_look_cancellation' and not is_withdrawn and completed_date <= as_of()
    group by policy_id
),

received as (
    select policy_id, accounting_date as booked_date, policy_year, premium_amount, coalesce(account_value_amount, 0) as deposit_amount
    from world.premium
    union all
    -- A policy cancelled in its free-look period takes back on that day what was received for it until then.
    select premium.policy_id, free_look.cancelled_date, premium.policy_year, -premium.premium_amount, -coalesce(premium.account_value_amount, 0)
    from world.premium
    inner join free_look on free_look.policy_id = premium.policy_id and premium.accounting_date <= free_look.cancelled_date
)

select policy_id, booked_date, if(policy_year = 1, 'first_premium', 'later_premium') as flow_kind, premium_amount - deposit_amount as amount
from received
where premium_amount <> deposit_amount
union all
select policy_id, booked_date, if(policy_year = 1, 'first_deposit', 'later_deposit'), deposit_amount from received where deposit_amount <> 0
union all
select policy_id, paid_date, 'commission', commission_amount from world.commission where commission_amount > 0
union all
select policy_id, event_date, if(claim_type in ('death', 'critical_illness'), 'benefit', 'claim'), amount
from world.claim_stage
where stage = 'paid' and amount > 0
union all
select policy_id, completed_date, 'surrender', refund_amount
from world.servicing_request
where servicing_type = 'surrender' and not is_withdrawn and completed_date <= as_of() and refund_amount > 0;

create table world.accounting_flow as
select
    month_closing(policy_money.booked_date) as month_end,
    policy.company_code,
    policy.organisation_code,
    policy.channel_code,
    policy.product_line,
    policy.product_code,
    policy_money.flow_kind,
    sum(policy_money.amount)::decimal(18, 2) as amount
from world.policy_money
inner join world.policy on policy.policy_id = policy_money.policy_id
where policy_money.booked_date between first_day() and as_of()
group by all;

-- What a year is measured by: standard premium of the policies issued (payment term in years over ten and at most one, single
-- premium a tenth, short cover in full, universal and unit-linked left out), first-year premium and scale premium received.
create table world.company_year as
with issued as (
    select
        policy.company_code,
        year(policy.issue_date)::integer as year_number,
        sum((policy.premium_amount * case
            when product.design_type in ('universal', 'unit_linked') then 0
            when not product.is_long_term then 1
            when policy.payment_frequency = 'single' then 0.1
            else least(policy.payment_term_years / 10.0, 1) end)::decimal(18, 2)) as standard_premium
    from world.policy
    inner join world.product on product.product_code = policy.product_code
    group by all
),

received as (
    select
        company_code,
        year(month_end)::integer as year_number,
        sum(amount) filter (flow_kind in ('first_premium', 'first_deposit')) as first_year_premium,
        sum(amount) filter (flow_kind like '%_premium' or flow_kind like '%_deposit') as scale_premium
    from world.accounting_flow
    group by all
)

select
    company.organisation_code as company_code,
    company.company_type,
    years.year_number,
    years.months,
    coalesce(issued.standard_premium, 0)::double as standard_premium,
    coalesce(received.first_year_premium, 0)::double as first_year_premium,
    coalesce(received.scale_premium, 0)::double as scale_premium
from world.organisation as company
cross join (select year_number, count(*) as months from world.accounting_month group by year_number) as years
left join issued on issued.company_code = company.organisation_code and issued.year_number = years.year_number
left join received on received.company_code = company.organisation_code and received.year_number = years.year_number
where company.organisation_level <= 1;
