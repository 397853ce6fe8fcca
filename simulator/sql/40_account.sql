-- Orders of account customers with retries, their clearing between member companies, and what the banks book.
create table world.card as
with digits as (
    select customer_id, person_id, rank_in_company, '990' || lpad(((rank_in_company * 7368787 + 17) % 1000000000000)::varchar, 12, '0') as number
    from world.customer_record where company_code = 'PAY'
)

-- Check digit of Luhn's formula; no card range begins with 990.
select customer_id, person_id, rank_in_company, number || ((10 - list_sum(list_transform(range(1, 16), lambda place: case
    when place % 2 = 1 then (2 * number[place]::integer) // 10 + (2 * number[place]::integer) % 10 else number[place]::integer end)) % 10) % 10)::varchar as bank_card_number
from digits;

create table world.payment_order as
with wishes as (
    select unnest(range(sized(49000))) as order_id
),

dated as (
    select wishes.order_id, demand.day as order_date
    from (select order_id, uniform('order_day', order_id) as share from wishes) as wishes
    asof inner join (select * from world.demand where kind = 'account') as demand on wishes.share >= demand.share_before
),

typed as (
    select
        *,
        chosen('order_type', order_id, ['top_up', 'top_up', 'top_up', 'payment', 'payment', 'payment', 'payment', 'withdrawal', 'fund_purchase',
            case when uniform('redeems', order_id) < 0.6 then 'fund_redemption' else 'withdrawal' end]) as order_type,
        1 + floor((select records from world.customer_count where company_code = 'PAY') * uniform('account_customer', order_id) ** 1.4)::bigint as customer_rank
    from dated
),

first_tries as (
    select
        typed.*,
        chosen('route', order_id, case order_type
            when 'top_up' then ['quick_pay', 'quick_pay', 'quick_pay', 'quick_pay', 'online_bank', 'transfer', case when uniform('counter', order_id) < 0.2 then 'cash' else 'quick_pay' end]
            when 'withdrawal' then ['quick_pay', 'transfer']
            when 'payment' then ['quick_pay', 'quick_pay', 'balance', 'online_bank']
            else ['balance'] end) as payment_route,
        case order_type
            when 'payment' then clamped(lognormal('amount', order_id, 420, 1.1), 1, 15000)
            when 'fund_purchase' then clamped(lognormal('amount', order_id, 2600, 1.0), 100, 80000)
            else clamped(lognormal('amount', order_id, 900, 1.0), 10, 40000) end as raw_amount,
        uniform('fate', order_id) as fate,
        30000 + floor(54000 * (0.6 * uniform('hour', order_id) + 0.4 * uniform('hour_2', order_id))) as second_of_day
    from typed
),

tries as (
    select *, unnest(case when fate < 0.006 and uniform('retries', order_id) < 0.85 then [0, 1] else [0] end) as try from first_tries
),

shaped as (
    select
        tries.order_id * 2 + tries.try as try_id,
        card.customer_id,
        card.person_id,
        tries.order_type,
        tries.payment_route,
        round(case when tries.payment_route = 'cash' then least(tries.raw_amount, 3000) else tries.raw_amount end, 2)::decimal(18, 2) as amount,
        day_start(tries.order_date) + to_seconds((tries.second_of_day + 95 * tries.try)::bigint) as requested_at,
        tries.order_date,
        case when tries.try = 1 then 1.0 else tries.fate end as fate,
        card.bank_card_number,
        case when uniform('counter_unit', tries.order_id) < 0.06 or tries.payment_route = 'cash'
            then chosen('unit', tries.order_id, ['LIFE_BJ', 'LIFE_GD', 'PROP_ZJ', 'LIFE']) else 'PAY' end as organisation_code
    from tries
    inner join world.card on card.rank_in_company = tries.customer_rank
    union all
    -- Cash at a counter, for rules CR35 and CR37.
    select
        900000000 + row_number() over (order by cases.case_number, cases.days_ago), card.customer_id, card.person_id, 'top_up', 'cash', cases.amount,
        day_start(as_of() - cases.days_ago) + to_seconds(37000 + cases.case_number), as_of() - cases.days_ago, 1.0, card.bank_card_number, 'LIFE_SH'
    from (values (311, 11, 60000.00), (312, 22, 25000.00), (313, 16, 20000.00), (313, 15, 20000.00), (313, 14, 20000.00)) as cases(case_number, days_ago, amount)
    inner join world.card on card.person_id = 90000000 + cases.case_number
)

select
    'O' || strftime(order_date, '%Y%m%d') || lpad(((try_id * 7919 + 5) % 1000000000)::varchar, 9, '0') as order_number,
    try_id,
    customer_id,
    person_id,
    organisation_code,
    order_type,
    payment_route,
    amount,
    requested_at,
    order_date,
    case when fate < 0.0065 then 'failed' when fate < 0.0145 then 'failed' when fate < 0.0205 then 'cancelled' else 'succeeded' end as order_status,
    case when fate < 0.004 then 'technical' when fate < 0.0055 then 'limit_exceeded' when fate < 0.0065 then 'rejected'
        when fate < 0.0145 then 'insufficient_balance' when fate < 0.0205 then 'user_cancelled' end as failure_reason,
    case when order_type = 'payment' then chosen('payee', try_id, ['LIFE', 'LIFE', 'LIFE', 'PROP', 'PROP']) end as payee_organisation_code,
    case when payment_route not in ('balance', 'cash') then bank_card_number end as bank_card_number,
    case when fate < 0.0205 and fate >= 0.0145 then null else requested_at + to_seconds((1 + floor(8 * uniform('speed', try_id) ** 3))::bigint) end as completed_at
from shaped;

create table delivery.account__payment_order as
select
    delivered_on(order_date) as dt, order_number, customer_id, organisation_code, order_type, payment_route, amount, requested_at, completed_at,
    order_date, order_status, failure_reason, payee_organisation_code, bank_card_number
from world.payment_order;

create macro next_weekday(some_day) as ((some_day) + case isodow(some_day) when 5 then 3 when 6 then 2 else 1 end);

-- Which orders are cleared or booked wrongly; everything else agrees to the fen.
create table world.clearing_entry as
with payments as (
    select *, row_number() over (order by try_id) as position, count(*) over () as payments
    from world.payment_order
    where order_type = 'payment' and order_status = 'succeeded' and order_date < as_of()
),

marked as (
    select
        *,
        case position when payments // 3 then 'wrong_amount' when payments // 2 then 'wrong_payee' when payments - 7 then 'wrong_amount' end as error_kind,
        uniform('settles_late', try_id) < 0.0012 as is_late
    from payments
)

select
    'K' || order_number[2:] || '01' as entry_number,
    order_number,
    try_id,
    error_kind,
    is_late,
    case when error_kind = 'wrong_payee' then case payee_organisation_code when 'LIFE' then 'PROP' else 'LIFE' end else payee_organisation_code end as payee_organisation_code,
    amount + case when error_kind = 'wrong_amount' then 1.10 else 0 end as amount,
    payee_organisation_code as right_payee,
    amount as right_amount,
    order_date + 1 as clearing_date,
    next_weekday(order_date) as due_date,
    next_weekday(order_date) + case when is_late then 2 else 0 end as settled_date
from marked;

create table delivery.account__clearing_entry as
select
    delivered_on(clearing_date) as dt, entry_number, order_number, payee_organisation_code, amount::decimal(18, 2) as amount, clearing_date, due_date,
    settled_date
from world.clearing_entry;

create table world.bank_line as
with booked as (
    select *, row_number() over (order by try_id) as position, count(*) over () as lines
    from world.payment_order
    where order_status = 'succeeded' and payment_route in ('quick_pay', 'online_bank', 'transfer')
),

marked as (
    select *, case
        when position % 2857 = 1200 then 'missing_at_bank'
        when position % 4201 = 900 then 'amount_differs'
        when position % 6007 = 3500 then 'booked_twice'
        when position = lines - 5 then 'missing_at_bank' when position = lines - 9 then 'amount_differs' end as break_kind
    from booked
),

copies as (
    select *, unnest(case break_kind when 'booked_twice' then [1, 2] when 'missing_at_bank' then [1] else [1] end) as copy from marked
)

select
    'B' || order_number[2:] || lpad(copy::varchar, 2, '0') as line_number,
    order_number,
    try_id,
    break_kind,
    order_date,
    amount as order_amount,
    case when uniform('bank', try_id) < 0.6 then 'BANK01' when uniform('bank', try_id) < 0.85 then 'BANK02' else 'CLEARING' end as bank_code,
    case when order_type = 'withdrawal' then 'out' else 'in' end as direction,
    amount + case when break_kind = 'amount_differs' then 100 else 0 end as amount,
    order_date as booked_date
from copies
union all
-- A line that quotes an order nobody knows.
select 'B' || strftime(as_of() - 9, '%Y%m%d') || '99999999901', 'O' || strftime(as_of() - 9, '%Y%m%d') || '999999999', 0, 'unknown_order', as_of() - 9, null, 'BANK01', 'in', 888.88, as_of() - 9;

create table delivery.account__bank_statement_line as
select delivered_on(booked_date) as dt, line_number, order_number, bank_code, direction, amount::decimal(18, 2) as amount, booked_date
from world.bank_line
where break_kind is distinct from 'missing_at_bank';
