-- Clearing between member companies and what the banks book, with the orders that are cleared or booked wrongly.
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
    select *, row_number() over (order by try_id) as position, count(*) over () as lines,
        row_number() over (partition by order_date order by try_id) as position_of_day
    from world.payment_order
    where order_status = 'succeeded' and payment_route in ('quick_pay', 'online_bank', 'transfer')
),

marked as (
    select *, case
        when position % 2857 = 1200 then 'missing_at_bank'
        when position % 4201 = 900 then 'amount_differs'
        when position % 6007 = 3500 then 'booked_twice'
        when position = lines - 5 then 'missing_at_bank' when position = lines - 9 then 'amount_differs'
        -- Boundary: two days old on the as-of day.
        when order_date = as_of() - 2 and position_of_day = 1 then 'amount_differs' end as break_kind
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

-- A break is found the day after and cleared that day or the next; the line of the unknown order stays open for nine days and
-- one break of the past took five.
create table world.reconciliation_case as
with found as (
    select *, row_number() over (order by order_date, order_number) as position
    from world.bank_line
    where break_kind is not null and (break_kind <> 'booked_twice' or line_number like '%02')
)

select
    'RC' || order_number[2:] || substr(line_number, -2) as case_number,
    order_number,
    case when break_kind <> 'missing_at_bank' then line_number end as line_number,
    break_kind,
    order_date,
    (coalesce(case break_kind when 'missing_at_bank' then 0 when 'amount_differs' then amount when 'booked_twice' then 2 * amount else amount end, 0)
    - coalesce(order_amount, 0))::decimal(18, 2) as difference_amount,
    order_date + 1 as opened_date,
    case
        when break_kind = 'unknown_order' then null
        when order_date >= as_of() - 2 then null
        when position = 2 then order_date + 5
        else order_date + 1 + (uniform('clears_late', position) < 0.4)::integer
    end as cleared_date,
    case break_kind when 'missing_at_bank' then 'bank_supplied_line' when 'amount_differs' then 'adjusting_entry' when 'booked_twice' then 'returned_to_bank' end as resolution
from found
where order_date < as_of();

create table delivery.account__reconciliation_case as
with changes as (
    select case_number, unnest([opened_date, cleared_date]) as happened from world.reconciliation_case
),

versions as (
    select distinct case_number, delivered_yearly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    reconciliation_case.case_number,
    order_number,
    line_number,
    break_kind,
    order_date,
    difference_amount,
    opened_date,
    case when cleared_date <= versions.dt then cleared_date end as cleared_date,
    case when cleared_date <= versions.dt then resolution end as resolution
from versions
inner join world.reconciliation_case on reconciliation_case.case_number = versions.case_number;
