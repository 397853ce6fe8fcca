-- Flights: what flew from New York in 2013 flies again on the simulated day of the same season and weekday, with its delay.
-- Day of 2013 nearest in the year that is the same weekday; the edges of the year move by a week.
-- Names of its own inside, so that no column given to it is taken for one of them.
create macro flown_day(some_day) as (
    with same_date(date_of_2013) as (
        select make_date(2013, month(some_day), case when month(some_day) = 2 then least(day(some_day), 28) else day(some_day) end)
    ),

    same_weekday(near_date) as (
        select date_of_2013 + ((isodow(some_day) - isodow(date_of_2013) + 10) % 7 - 3)::integer from same_date
    )

    select (case year(near_date) when 2012 then near_date + 7 when 2014 then near_date - 7 else near_date end)::date from same_weekday
);

create macro day_minute(clock) as ((clock) // 100 * 60 + (clock) % 100);

create table world.flown as
with flights as (
    select
        make_date(flight.year, flight.month, flight.day) as source_day,
        flight.carrier as carrier_code,
        flight.carrier || flight.flight as flight_number,
        flight.origin as origin_airport_code,
        flight.dest as destination_airport_code,
        day_minute(flight.sched_dep_time) as departure_minute,
        -- Local times: what arrives at a smaller hour than it left arrives the next day.
        day_minute(flight.sched_arr_time) + case when flight.sched_arr_time < flight.sched_dep_time then 1440 else 0 end as arrival_minute,
        flight.dep_delay as departure_delay_minutes,
        flight.arr_delay as arrival_delay_minutes,
        flight.dep_time is null as is_cancelled,
        flight.dep_time is not null and flight.arr_delay is null as is_diverted,
        round(weather.wind_speed * 1.609344, 1) as wind_kilometres_per_hour,
        round(weather.precip * 25.4, 1) as rain_millimetres,
        round(weather.visib * 1.609344, 1) as visibility_kilometres
    from outside.flight
    left join outside.weather
        on weather.origin = flight.origin and weather.month = flight.month and weather.day = flight.day and weather.hour = flight.hour
),

judged as (
    select
        *,
        row_number() over (partition by source_day order by departure_minute, flight_number, origin_airport_code) as position,
        count(*) over (partition by source_day) as day_flights,
        coalesce(arrival_delay_minutes, 0) < 60 and not is_cancelled and not is_diverted as is_punctual
    from flights
)

select
    *,
    -- The next flight of the day that arrives within an hour of its time, or the last one before.
    coalesce(
        min(case when is_punctual then position end) over (partition by source_day order by position rows between current row and unbounded following),
        max(case when is_punctual then position end) over (partition by source_day order by position rows between unbounded preceding and current row)
    ) as punctual_position
from judged;

-- How many flights of a day have left by a minute.
create table world.flights_left as
select source_day, departure_minute, max(position) as flights_left from world.flown group by all;

-- Afternoon flights of each day that a planted case can take, in an order of their own.
create table world.flown_day_mix as
select
    source_day,
    list(position order by hash(position)) filter (arrival_delay_minutes between 125 and 600) as late_positions,
    list(position order by hash(position)) filter (is_cancelled) as cancelled_positions,
    list(position order by hash(position)) filter (is_punctual) as punctual_positions
from world.flown
where departure_minute >= 720
group by source_day;
