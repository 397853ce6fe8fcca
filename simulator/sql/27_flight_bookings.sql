-- Which flight each flight-delay cover rides on, who flies, and whether the passenger checked in and boarded.
create table world.flight_booking as
with covers as (
    select
        policy_id, policy_number, person_id, channel_code, issue_date, issued_at, effective_date, expiry_date,
        -- Bought in the evening of the first day of cover: it flies the next day.
        effective_date + (effective_date = issue_date and hour(issued_at) >= 17)::integer as flight_date,
        -- The own site pays from one hour on, platforms from two; the trade pays from four.
        case when channel_code = 'ONLINE' then 60 else 120 end as threshold_minutes
    from world.policy
    where product_code = 'FLIGHT_DELAY'
),

-- Nobody buys cover for a flight that leaves within three quarters of an hour.
dated as (
    select
        covers.*,
        flown_day(covers.flight_date) as source_day,
        case when covers.flight_date = covers.issue_date then hour(covers.issued_at) * 60 + minute(covers.issued_at) + 45 else 0 end as earliest_minute,
        planted.case_number,
        planted.position as planted_position,
        planted.is_checked_in as planted_check_in,
        planted.is_boarded as planted_boarding,
        planted.is_claimed as planted_claim,
        coalesce('case' || planted.case_number, 'person' || covers.person_id) as passenger
    from covers
    left join world.planted_flight_cover as planted on planted.policy_id = covers.policy_id
),

picked as (
    select dated.*, coalesce(flights_left.flights_left, 0) as flights_left
    from dated
    asof left join world.flights_left
        on flights_left.source_day = dated.source_day and flights_left.departure_minute < dated.earliest_minute
),

drawn as (
    select
        picked.*,
        flown.punctual_position,
        flown.position as drawn_position,
        not flown.is_punctual and picked.case_number is null as is_unlucky
    from picked
    inner join world.flown
        on flown.source_day = picked.source_day
        and flown.position = coalesce(
            picked.planted_position, picked.flights_left + 1 + floor(uniform('flight_choice', picked.policy_id) * (day_flights - picked.flights_left))
        )::bigint
),

-- Nobody but a planted passenger is unlucky twice in a year: who was, took the next punctual flight.
placed as (
    select
        *,
        case when is_unlucky and count(*) filter (is_unlucky) over (
            partition by passenger order by flight_date range between interval 366 day preceding and current row exclude current row
        ) > 0 then punctual_position else drawn_position end as position
    from drawn
),

flying as (
    select
        placed.*,
        flown.* exclude (source_day, position, punctual_position, day_flights),
        flown.carrier_code || '-' || flown.flight_number || '-' || flown.origin_airport_code || '-' || strftime(placed.flight_date, '%Y%m%d')
        || '-' || lpad(flown.departure_minute::varchar, 4, '0') as flight_code,
        day_start(placed.flight_date) + to_minutes(flown.departure_minute) as scheduled_departure_at,
        day_start(placed.flight_date) + to_minutes(flown.arrival_minute) as scheduled_arrival_at,
        day_start(placed.flight_date) + to_minutes(flown.arrival_minute + coalesce(flown.arrival_delay_minutes, 0)) as known_at,
        -- Three in a hundred do not show up; one in a hundred checks in and misses the boarding.
        coalesce(placed.planted_check_in, uniform('check_in', placed.policy_id) >= 0.03) as is_checked_in,
        coalesce(placed.planted_boarding, uniform('check_in', placed.policy_id) >= 0.04 and not flown.is_cancelled) as is_boarded
    from placed
    inner join world.flown on flown.source_day = placed.source_day and flown.position = placed.position
)

select
    *,
    -- What lands in the last minutes of the as-of day is learned of the next day.
    known_at + interval 11 minute < as_of() + interval 1 day as is_known,
    coalesce(
        planted_claim,
        is_checked_in and (is_cancelled or (is_boarded and coalesce(arrival_delay_minutes, 0) >= threshold_minutes))
    ) and known_at + interval 11 minute < as_of() + interval 1 day as is_claimed,
    case when is_cancelled or arrival_delay_minutes >= 240 then 300 when arrival_delay_minutes >= 120 then 200 else 100 end::decimal(18, 2) as payout_amount
from flying;

create table delivery.scenario__flight_booking as
with versions as (
    select policy_id, unnest(list_distinct([delivered_monthly(issue_date), case when is_known then delivered_monthly(known_at::date) end])) as dt
    from world.flight_booking
)

select
    versions.dt,
    'FB' || lpad(((booking.policy_id * 7368787 + 53) % 10000000000)::varchar, 10, '0') as booking_number,
    booking.policy_number,
    booking.flight_code,
    booking.flight_number,
    booking.flight_date,
    substr(md5('passenger/' || booking.passenger), 1, 20) as passenger_token,
    '999' || lpad(((booking.policy_id * 6364133 + 71) % 10000000000)::varchar, 10, '0') as ticket_number,
    booking.issue_date as booked_date,
    known.is_flown and booking.is_checked_in as is_checked_in,
    case when known.is_flown and booking.is_checked_in then booking.scheduled_departure_at - to_minutes(whole('check_in_minutes', booking.policy_id, 35, 600)) end as checked_in_at,
    known.is_flown and booking.is_boarded as is_boarded,
    case
        when not known.is_flown then 'ticketed'
        when booking.is_cancelled then 'flight_cancelled'
        when booking.is_boarded then 'flown'
        else 'no_show'
    end as booking_status
from versions
inner join world.flight_booking as booking on booking.policy_id = versions.policy_id
cross join lateral (select booking.known_at::date <= versions.dt and booking.is_known as is_flown) as known
where versions.dt is not null;

-- The flights that covers ride on; of the last days, and beyond the demo group of all days, every flight.
create table delivery.scenario__flight as
with every_day as (
    select day, flown_day(day) as source_day from world.calendar where day > as_of() - sized(10)::integer or getvariable('size') > 1
),

wanted as (
    select flight_date, source_day, position from world.flight_booking where is_known
    union
    select every_day.day, every_day.source_day, flown.position from every_day inner join world.flown on flown.source_day = every_day.source_day
),

flights as (
    select
        wanted.flight_date,
        flown.*,
        day_start(wanted.flight_date) + to_minutes(flown.departure_minute) as scheduled_departure_at,
        day_start(wanted.flight_date) + to_minutes(flown.arrival_minute) as scheduled_arrival_at
    from wanted
    inner join world.flown on flown.source_day = wanted.source_day and flown.position = wanted.position
),

timed as (
    select *, scheduled_arrival_at + to_minutes(coalesce(arrival_delay_minutes, 0)) as known_at from flights
)

select
    delivered_monthly(greatest(known_at::date, flight_date)) as dt,
    carrier_code || '-' || flight_number || '-' || origin_airport_code || '-' || strftime(flight_date, '%Y%m%d') || '-' || lpad(departure_minute::varchar, 4, '0') as flight_code,
    flight_number,
    carrier_code,
    flight_date,
    origin_airport_code,
    destination_airport_code,
    scheduled_departure_at,
    scheduled_departure_at + to_minutes(departure_delay_minutes) as actual_departure_at,
    scheduled_arrival_at,
    scheduled_arrival_at + to_minutes(arrival_delay_minutes) as actual_arrival_at,
    departure_delay_minutes,
    arrival_delay_minutes,
    is_cancelled,
    is_diverted,
    wind_kilometres_per_hour,
    rain_millimetres,
    visibility_kilometres
from timed
where known_at::date <= as_of();
