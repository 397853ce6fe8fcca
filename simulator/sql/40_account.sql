-- Who holds an account, of which class, and what each holder wishes to do with it; step 41 sees what the balance allows.
create table world.card as
with digits as (
    select customer_id, person_id, rank_in_company, '990' || lpad(((rank_in_company * 7368787 + 17) % 1000000000000)::varchar, 12, '0') as number
    from world.customer_record where company_code = 'PAY'
)

-- Check digit of Luhn's formula; no card range begins with 990.
select customer_id, person_id, rank_in_company, number || ((10 - list_sum(list_transform(range(1, 16), lambda place: case
    when place % 2 = 1 then (2 * number[place]::integer) // 10 + (2 * number[place]::integer) % 10 else number[place]::integer end)) % 10) % 10)::varchar as bank_card_number
from digits;

-- The last twelve ordinary holders act in planted cases only (see the wishes below and `truth.account_cases`).
create table world.account_actor as
select card.customer_id, card.person_id, customer_count.records - card.rank_in_company + 1 as actor_number
from world.card
inner join world.customer_count on customer_count.company_code = 'PAY'
where card.rank_in_company between customer_count.records - 11 and customer_count.records;

-- Class and annual limit of planted holders, and orders of planted cases: the day, the order, and the fate that decides its state.
create table world.planted_order as
with year_days as (
    select date_trunc('year', as_of())::date as year_start, (as_of() - date_trunc('year', as_of())::date)::integer as days
),

-- Actors 1 to 4 pay from the balance close to their annual limit, topping up before each payment.
limit_cases(actor_number, payments, amount) as (
    values (1, 10, 9999.00), (2, 8, 12500.00), (3, 20, 10000.00), (4, 9, 19990.00)
),

limit_orders as (
    select
        actor_number,
        year_start + ((days * step) // (payments + 2))::integer as order_date,
        amount,
        unnest(['top_up', 'payment']) as order_type
    from (select *, unnest(range(1, payments + 1)) as step from limit_cases)
    cross join year_days
),

single_orders(actor_number, days_ago, second_of_day, order_type, amount, fate) as (
    values
    -- Beyond the limit: refused.
    (2, 1, 36000, 'top_up', 500.00, 1.0), (2, 1, 40000, 'payment', 100.00, 0.005),
    -- Money fund: 10,000 yuan a day may be redeemed at once.
    (5, 40, 36000, 'top_up', 30000.00, 1.0), (5, 40, 36600, 'fund_purchase', 30000.00, 1.0),
    (5, 9, 40000, 'fund_redemption', 4000.00, 1.0), (5, 9, 50000, 'fund_redemption', 6000.00, 1.0),
    (6, 38, 36000, 'top_up', 30000.00, 1.0), (6, 38, 36600, 'fund_purchase', 30000.00, 1.0),
    (6, 8, 40000, 'fund_redemption', 6000.00, 1.0), (6, 8, 50000, 'fund_redemption', 5000.00, 0.005),
    (7, 37, 36000, 'top_up', 30000.00, 1.0), (7, 37, 36600, 'fund_purchase', 30000.00, 1.0),
    (7, 7, 40000, 'fund_redemption', 15000.00, 1.0),
    (8, 36, 36000, 'top_up', 30000.00, 1.0), (8, 36, 36600, 'fund_purchase', 30000.00, 1.0),
    (8, 6, 40000, 'fund_redemption', 10000.01, 1.0)
),

-- Actors 9 to 11 pay small sums one after the other, each with a coupon (step 45).
coupon_orders(actor_number, orders, days_ago, orders_a_day) as (
    values (9, 26, 20, 13), (10, 10, 28, 1), (11, 9, 28, 1)
),

everything as (
    select actor_number, order_date, case order_type when 'top_up' then 36000 else 50000 end as second_of_day, order_type, amount, 1.0 as fate from limit_orders
    union all
    select actor_number, as_of() - days_ago::integer, second_of_day, order_type, amount, fate from single_orders
    union all
    select actor_number, as_of() - (days_ago - step // orders_a_day)::integer, 40000 + 600 * (step % orders_a_day), 'payment', 31.00 + step % 5, 1.0
    from (select *, unnest(range(orders)) as step from coupon_orders)
)

select
    450000000 + row_number() over (order by everything.actor_number, everything.order_date, second_of_day) as order_id,
    account_actor.customer_id,
    account_actor.person_id,
    everything.actor_number,
    order_date,
    second_of_day,
    order_type,
    case when order_type in ('top_up') or everything.actor_number >= 9 then 'quick_pay' else 'balance' end as payment_route,
    amount,
    fate,
    'PAY' as organisation_code
from everything
inner join world.account_actor on account_actor.actor_number = everything.actor_number
union all
-- Cash at a counter, for rules CR35 and CR37.
select
    450001000 + row_number() over (order by cases.case_number, cases.days_ago), card.customer_id, card.person_id, null, as_of() - cases.days_ago::integer,
    37000 + cases.case_number, 'top_up', 'cash', cases.amount, 1.0, 'LIFE_SH'
from (values (311, 11, 60000.00), (312, 22, 25000.00), (313, 16, 20000.00), (313, 15, 20000.00), (313, 14, 20000.00)) as cases(case_number, days_ago, amount)
inner join world.card on card.person_id = 90000000 + cases.case_number;

-- What holders wish. Orders begin when the account is on sale; the demand before that day is drawn anew.
create table world.order_wish as
with wishes as (
    select unnest(range(sized(49000))) as order_id
),

account_demand as (
    select demand.day, demand.share_before
    from world.demand
    inner join world.product on product.product_code = 'ACCOUNT' and demand.day >= product.launched_date
    where demand.kind = 'account'
),

dated as (
    select wishes.order_id, account_demand.day as order_date
    from (
        select order_id, first_share + (1 - first_share) * uniform('order_day', order_id) as share
        from wishes
        cross join (select min(share_before) as first_share from account_demand)
    ) as wishes
    asof inner join account_demand on wishes.share >= account_demand.share_before
),

typed as (
    select
        *,
        chosen('order_type', order_id, ['top_up', 'top_up', 'top_up', 'payment', 'payment', 'payment', 'payment', 'withdrawal', 'fund_purchase',
            case when uniform('redeems', order_id) < 0.6 then 'fund_redemption' else 'withdrawal' end]) as order_type,
        1 + floor((select records - 12 from world.customer_count where company_code = 'PAY') * uniform('account_customer', order_id) ** 1.2)::bigint as customer_rank
    from dated
),

everything as (
    select
        typed.order_id,
        card.customer_id,
        card.person_id,
        null::bigint as actor_number,
        order_date,
        30000 + floor(54000 * (0.6 * uniform('hour', order_id) + 0.4 * uniform('hour_2', order_id)))::bigint as second_of_day,
        order_type,
        null as payment_route,
        round(100 * case order_type
            when 'payment' then clamped(lognormal('amount', order_id, 420, 1.1), 1, 15000)
            when 'fund_purchase' then clamped(lognormal('amount', order_id, 2600, 1.0), 100, 80000)
            else clamped(lognormal('amount', order_id, 900, 1.0), 10, 40000) end)::bigint as fen,
        uniform('fate', order_id) as fate,
        null as organisation_code
    from typed
    inner join world.card on card.rank_in_company = typed.customer_rank
    union all
    select order_id, customer_id, person_id, actor_number, order_date, second_of_day, order_type, payment_route, (100 * amount)::bigint, fate, organisation_code
    from world.planted_order
)

select *, row_number() over (partition by customer_id order by order_date, second_of_day, order_id) as position
from everything;

-- Class I pays 1,000 yuan from its balance in all, class II 100,000 and class III 200,000 a year. 45 of 100 holders end in class
-- III, which a money fund asks for, 37 in class II; most prove who they are at once, some only months later.
create table world.account_class as
with holders as (
    select card.customer_id, card.rank_in_company, min(order_wish.order_date) as first_order_date, min(order_wish.actor_number) as actor_number
    from world.card
    left join world.order_wish on order_wish.customer_id = card.customer_id
    group by all
),

drawn as (
    select
        *,
        case when actor_number in (1, 2) then 'II' when actor_number is not null then 'III'
            when uniform('account_class', rank_in_company) < 0.18 then 'I' when uniform('account_class', rank_in_company) < 0.55 then 'II' else 'III' end as final_class,
        case when actor_number is not null or uniform('proves_at_once', rank_in_company) < 0.6 then 0
            else floor(150 * uniform('proves_after', rank_in_company) ** 2)::integer end as days_to_class_two
    from holders
)

select
    *,
    days_to_class_two + case when actor_number is null and uniform('third_class_at_once', rank_in_company) < 0.5
        then floor(120 * uniform('third_class_after', rank_in_company) ** 2)::integer else 0 end as days_to_class_three
from drawn;
