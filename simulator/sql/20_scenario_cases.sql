-- Covers planted for the risk points FR29 (return-freight abuse) and FR30 (flight-delay stacking): ordinary sales, copied
-- to the days the cases need. Case 30011 three covers of one passenger on one flight, 30012 on three flights, and so on.
create table world.planted_flight_cover as
with roles(case_number, member, flight_kind, choice, is_checked_in, is_boarded, is_claimed) as (
    values
    (30011, 1, 'punctual', 1, true, true, false), (30011, 2, 'punctual', 1, true, true, false), (30011, 3, 'punctual', 1, true, true, false),
    (30012, 1, 'punctual', 1, true, true, false), (30012, 2, 'punctual', 2, true, true, false), (30012, 3, 'punctual', 3, true, true, false),
    (30013, 1, 'late', 1, true, true, true), (30013, 2, 'late', 1, true, true, true),
    (30014, 1, 'late', 1, false, false, true), (30015, 1, 'late', 1, true, false, true), (30016, 1, 'cancelled', 1, true, false, true),
    (30017, 1, 'late', 1, false, false, false),
    (30018, 1, 'late', 1, true, true, true), (30018, 2, 'late', 1, true, true, true), (30018, 3, 'late', 1, true, true, true),
    (30018, 4, 'punctual', 1, true, true, false), (30018, 5, 'punctual', 1, true, true, false),
    (30019, 1, 'late', 1, true, true, true), (30019, 2, 'late', 1, true, true, true), (30019, 3, 'late', 1, true, true, true),
    (30019, 4, 'late', 1, true, true, true), (30019, 5, 'punctual', 1, true, true, false)
),

-- Cases of one flight or one day share a day; the others fly on days of their own.
placed as (
    select *, dense_rank() over (order by case when case_number >= 30018 then case_number * 10 + member else case_number * 10 end) as day_rank from roles
),

usable_days as (
    select
        calendar.day,
        flown_day_mix.*,
        row_number() over (order by uniform('flight_case_day', date_diff('day', date '2000-01-01', calendar.day)), calendar.day) as day_rank
    from world.calendar
    inner join world.flown_day_mix on flown_day_mix.source_day = flown_day(calendar.day)
    where calendar.day between as_of() - 350 and as_of() - 12
        and len(flown_day_mix.late_positions) >= 1 and len(flown_day_mix.cancelled_positions) >= 1 and len(flown_day_mix.punctual_positions) >= 3
),

-- Of 18 and 19 the fifth cover is dealt so that three of five (60 %) are late in one and four of five in the other.
chosen as (
    select
        placed.*,
        usable_days.day as flight_date,
        usable_days.source_day,
        case flight_kind when 'late' then late_positions when 'cancelled' then cancelled_positions else punctual_positions end[choice] as position,
        row_number() over (order by case_number, member) as place
    from placed
    inner join usable_days on usable_days.day_rank = placed.day_rank
),

-- Numbers whose draws fly on the day of issue (less than 0.15) and are issued in the morning.
numbers as (
    select policy_id, row_number() over (order by policy_id) as place
    from (select unnest(range(81000000, 81004000)) as policy_id)
    where uniform('flight', policy_id) < 0.15 and uniform('issue_time', policy_id) between 0.05 and 0.35
)

select numbers.policy_id, chosen.* exclude (place, day_rank)
from chosen
inner join numbers on numbers.place = chosen.place;

-- Orders of one buyer by case: how many days after the first day of the case each is placed, and how many come back.
create table world.planted_parcel as
with cases(case_number, orders, returns, days_between, distance_kilometres, is_related) as (
    values
    (29011, 12, 9, 2, null, false), (29012, 10, 7, 3, null, false), (29013, 10, 6, 3, null, false), (29014, 9, 9, 3, null, false),
    (29015, 10, 10, 8, null, false), (29016, 1, 1, 0, 0.6, false), (29017, 1, 1, 0, 1.0, false), (29018, 1, 0, 0, 0.4, false),
    (29019, 1, 1, 0, null, true), (29020, 1, 0, 0, null, true)
),

orders as (
    select *, unnest(range(orders)) as member from cases
)

select
    82000000 + row_number() over (order by case_number, member) as policy_id,
    case_number,
    member,
    as_of() - 130 + (days_between * member + case_number % 10)::integer as ordered_date,
    member < returns as is_returned,
    distance_kilometres,
    is_related
from orders;

insert into world.policy_sale
with cases as (
    select policy_id, 'FLIGHT_DELAY' as product_code, flight_date as issue_date from world.planted_flight_cover
    union all
    select policy_id, 'RETURN_FREIGHT', ordered_date from world.planted_parcel
),

numbered as (
    select *, row_number() over (partition by product_code order by policy_id) as place from cases
),

-- The model of each case is a sale of its own.
models as (
    select *, row_number() over (partition by product_code order by uniform('scenario_model', policy_id), policy_id) as place
    from world.policy_sale
    where product_code in ('FLIGHT_DELAY', 'RETURN_FREIGHT')
)

select models.* exclude (place) replace (numbered.policy_id as policy_id, numbered.issue_date as issue_date)
from numbered
inner join models on models.product_code = numbered.product_code and models.place = numbered.place;
