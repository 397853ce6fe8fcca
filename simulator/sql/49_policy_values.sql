-- What long-term policies are worth to their holders at the end of each quarter, of each year before 2020: cash value without
-- account value, account value, policy loans and premiums advanced.
create table world.valuation_day as
select distinct valuation_date
from (
    select last_day(unnest(generate_series(date_trunc('month', first_day()), as_of(), interval 1 month)))::date as valuation_date
    union all
    select as_of()
)
where valuation_date <= as_of() and valuation_date > first_day()
    and (valuation_date = as_of() or month(valuation_date) = 12 or (month(valuation_date) % 3 = 0 and valuation_date >= date '2020-01-01'));

create table world.policy_value as
with paid as (
    select
        policy_id,
        accounting_date,
        sum(premium_amount) over (partition by policy_id order by accounting_date) as paid_amount,
        sum(account_value_amount) over (partition by policy_id order by accounting_date) as into_account
    from world.premium
),

held as (
    select
        policy.policy_id, policy.policy_number, policy.product_code, policy.archetype, policy.kind, policy.payment_frequency, policy.effective_date, policy.premium_amount, policy.months_between,
        valuation_day.valuation_date,
        (valuation_day.valuation_date - policy.effective_date) / 365.25 as years_held,
        policy_fate.missed_due_date,
        policy_fate.lapse_date
    from world.policy
    inner join world.cover on cover.policy_id = policy.policy_id
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    inner join world.valuation_day
        on valuation_day.valuation_date >= policy.effective_date and valuation_day.valuation_date < cover.end_date
    where policy.is_long_term
),

-- Loans of a fifth of the premiums paid, at 5.5 %, repaid after half a year to two years.
loans as (
    select held.policy_id, held.valuation_date, sum(refund_amount * (1 + 0.055 * (held.valuation_date - completed_date) / 365)) as loan_amount
    from held
    inner join world.servicing_request
        on servicing_request.policy_id = held.policy_id and servicing_request.servicing_type = 'policy_loan' and not is_withdrawn
        and held.valuation_date between completed_date and completed_date + 180 + whole('repaid_after', held.policy_id, 0, 540)::integer
    group by all
),

valued as (
    select
        held.*,
        -- The share of premiums that comes back: a third after one year of instalments, two thirds after five; of a single premium
        -- 92 % at once. Critical illness cover costs more of it.
        case
            when held.archetype = 'LIFE_UNIVERSAL' then 0
            when payment_frequency = 'single' then paid.paid_amount * (0.92 + 0.028 * years_held)
            else paid.paid_amount * (0.20 + 0.55 * (1 - exp(-years_held / 5)) + 0.02 * years_held) * case kind when 'savings' then 1.05 else 0.85 end
        end as cash_value,
        case when paid.into_account > 0 then paid.into_account * 1.042 ** (years_held * case payment_frequency when 'single' then 1 else 0.55 end) else 0 end as account_value
    from held
    asof inner join paid on paid.policy_id = held.policy_id and held.valuation_date >= paid.accounting_date
)

select
    valued.*,
    least(coalesce(loans.loan_amount, 0), 0.8 * (cash_value + account_value)) as loan_amount,
    -- A third of those who miss a premium chose that the cash value pays it until the days of grace are over.
    case when valuation_date >= missed_due_date and (lapse_date is null or valuation_date < lapse_date) and uniform('advances', valued.policy_id) < 0.35
        and premium_amount / (12 / months_between) <= cash_value then premium_amount / (12 / months_between) else 0 end as advance_amount
from valued
left join loans using (policy_id, valuation_date);

create table delivery.policy_admin__policy_value as
select
    valuation_date as dt,
    policy_number,
    valuation_date,
    round(cash_value, 2)::decimal(18, 2) as cash_value_amount,
    round(account_value, 2)::decimal(18, 2) as account_value_amount,
    round(loan_amount, 2)::decimal(18, 2) as policy_loan_amount,
    round(advance_amount, 2)::decimal(18, 2) as premium_advance_amount
from world.policy_value;
