-- The accounts themselves: opened, verified step by step, closed; their balances and what their money fund did.
create table world.account as
with last_states as (
    select account_state.customer_id, balance, units, order_date
    from world.account_state
    inner join world.order_wish on order_wish.order_id = account_state.order_id
    qualify row_number() over (partition by account_state.customer_id order by account_state.position desc) = 1
),

opened as (
    select
        account_class.*,
        -- Customers of the time before the account was on sale opened theirs over the first half year.
        least(coalesce(first_order_date, as_of()), greatest(customer.registered_date, product.launched_date + floor(180 * uniform('opens_after', account_class.rank_in_company))::integer))
            as opened_date,
        last_states.balance,
        last_states.units,
        last_states.order_date as last_order_date
    from world.account_class
    inner join world.customer on customer.customer_id = account_class.customer_id
    inner join world.product on product.product_code = 'ACCOUNT'
    left join last_states on last_states.customer_id = account_class.customer_id
)

select
    *,
    'Z' || lpad(((rank_in_company * 7919 + 271) % 100000000)::varchar, 8, '0') || 'A' as account_number,
    case when final_class <> 'I' then coalesce(first_order_date, opened_date) + days_to_class_two end as second_class_date,
    case when final_class = 'III' then coalesce(first_order_date, opened_date) + days_to_class_three end as third_class_date,
    -- Who has emptied the account closes it in one case of five; one in two hundred is frozen while an alert is looked at.
    case when balance < 100 and units = 0 and last_order_date + 90 < as_of() and uniform('closes', rank_in_company) < 0.2 then last_order_date + 90 end as closed_date,
    case when actor_number is null and uniform('frozen', rank_in_company) < 0.005 then greatest(as_of() - whole('frozen_day', rank_in_company, 0, 60)::integer, opened_date) end as frozen_date
from opened;

create macro class_on(second_date, third_date, some_day) as (
    case when third_date <= some_day then 'III' when second_date <= some_day then 'II' else 'I' end
);
create macro limit_of(account_class) as (case account_class when 'III' then 200000 when 'II' then 100000 else 1000 end);

create table delivery.account__account as
with changes as (
    select account_number, unnest([opened_date, second_class_date, third_class_date, frozen_date, closed_date]) as happened from world.account
),

versions as (
    select account_number, delivered_quarterly(happened) as dt, max(happened) as changed_date
    from changes
    where happened <= as_of()
    group by all
)

select
    versions.dt,
    account.account_number,
    customer_id,
    class_on(second_class_date, third_class_date, versions.dt) as account_class,
    case when closed_date <= versions.dt then 'closed' when frozen_date <= versions.dt then 'frozen' else 'active' end as account_status,
    opened_date,
    case when second_class_date <= versions.dt then second_class_date end as verified_date,
    (case class_on(second_class_date, third_class_date, versions.dt) when 'III' then 5 when 'II' then 3 else 1 end + whole('channels', rank_in_company, 0, 1))::integer
        as verification_channel_count,
    limit_of(class_on(second_class_date, third_class_date, versions.dt))::decimal(18, 2) as annual_limit_amount,
    case when closed_date <= versions.dt then closed_date end as closed_date,
    changed_date
from versions
inner join world.account on account.account_number = versions.account_number;

-- Snapshots at the ends of years before 2020, of quarters, of the last three months; and on the days of the last month of what moved.
create table world.account_balance as
with day_ends as (
    select account_state.customer_id, order_date, balance, units, paid_in_year, paid_ever, paid_year
    from world.account_state
    inner join world.order_wish on order_wish.order_id = account_state.order_id
    qualify row_number() over (partition by account_state.customer_id, order_date order by account_state.position desc) = 1
),

month_ends as (
    select last_day(unnest(generate_series(date_trunc('month', first_day()), as_of(), interval 1 month)))::date as balance_date
    union
    select as_of()
),

snapshots as (
    select balance_date
    from month_ends
    where balance_date <= as_of()
        and (month(balance_date) = 12 or (month(balance_date) % 3 = 0 and balance_date >= date '2020-01-01') or balance_date > as_of() - interval 3 month)
),

wanted as (
    select account.customer_id, snapshots.balance_date
    from world.account
    inner join snapshots on snapshots.balance_date >= account.opened_date and (account.closed_date is null or snapshots.balance_date < account.closed_date)
    union
    select customer_id, order_date from day_ends where order_date >= date_trunc('month', as_of())
)

select
    account.account_number,
    wanted.customer_id,
    wanted.balance_date,
    day_ends.balance,
    floor(day_ends.units * fund_price(wanted.balance_date))::bigint as fund_fen,
    class_on(second_class_date, third_class_date, wanted.balance_date) as account_class,
    case when paid_year = year(wanted.balance_date) then paid_in_year else 0 end as paid_in_year,
    day_ends.paid_ever
from wanted
asof inner join day_ends on day_ends.customer_id = wanted.customer_id and wanted.balance_date >= day_ends.order_date
inner join world.account on account.customer_id = wanted.customer_id;

create table delivery.account__account_balance as
select
    delivered_quarterly(balance_date) as dt,
    account_number,
    balance_date,
    (balance / 100)::decimal(18, 2) as balance_amount,
    (fund_fen / 100)::decimal(18, 2) as money_fund_amount,
    (case account_class when 'I' then paid_ever else paid_in_year end / 100)::decimal(18, 2) as limit_used_amount,
    limit_of(account_class)::decimal(18, 2) as annual_limit_amount
from world.account_balance
where balance > 0 or fund_fen > 0 or paid_in_year > 0;

-- Up to 10,000 yuan a customer and day are redeemed at once, the rest on the next working day.
create table world.fund_transaction as
with orders as (
    select
        payment_order.order_number,
        payment_order.customer_id,
        payment_order.order_type,
        payment_order.amount,
        payment_order.order_date,
        payment_order.requested_at,
        order_wish.order_id,
        order_wish.actor_number,
        fund_price(payment_order.order_date) as price,
        order_wish.actor_number is null and uniform('not_in_a_hurry', order_wish.order_id) < 0.12 as is_patient
    from world.payment_order
    inner join world.order_wish on order_wish.order_id = payment_order.try_id // 2
    where payment_order.order_type in ('fund_purchase', 'fund_redemption') and order_status = 'succeeded'
),

counted as (
    select *, sum(case when order_type = 'fund_redemption' and not is_patient then amount else 0 end)
        over (partition by customer_id, order_date order by requested_at, order_id) as asked_today
    from orders
),

typed as (
    select *, case when order_type = 'fund_purchase' then 'purchase'
        when actor_number = 8 or (not is_patient and asked_today <= 10000) then 'fast_redemption' else 'ordinary_redemption' end as transaction_type
    from counted
)

select
    *,
    'F' || order_number[2:] as transaction_number,
    case transaction_type when 'fast_redemption' then order_date else next_weekday(order_date) end as confirmed_date
from typed;

create table delivery.account__fund_transaction as
select
    delivered_quarterly(confirmed_date) as dt,
    transaction_number,
    order_number,
    account_number,
    case when uniform('fund', account.rank_in_company) < 0.7 then 'MMF01' else 'MMF02' end as fund_code,
    transaction_type,
    order_date as requested_date,
    confirmed_date,
    amount::decimal(18, 2) as transaction_amount,
    round(amount / price, 2)::decimal(18, 2) as unit_count
from world.fund_transaction
inner join world.account on account.customer_id = fund_transaction.customer_id
where confirmed_date <= as_of();
