-- The calendar and the shape of demand: season, weekday, holidays, growth, and the events of 2020 to 2022.
create table world.calendar as
with spring_festivals(starts) as (
    values (date '2014-01-30'), (date '2015-02-18'), (date '2016-02-07'), (date '2017-01-27'), (date '2018-02-15'), (date '2019-02-04'), (date '2020-01-24'), (date '2021-02-11'), (date '2022-01-31'),
        (date '2023-01-21'), (date '2024-02-10')
),

days as (
    select unnest(generate_series(first_day(), as_of(), interval 1 day))::date as day
)

select
    days.day,
    month(days.day) as month_number,
    isodow(days.day) as weekday,
    isodow(days.day) >= 6 as is_weekend,
    strftime(days.day, '%m-%d') as month_day,
    greatest(date_diff('day', date '2020-01-01', days.day), 0) / 365.25 as years_in,
    -- The group grew into the size of its plans, which are those of 2020 and after.
    coalesce([0.20, 0.25, 0.30, 0.40, 0.50, 0.70][year(days.day) - 2013], 1.0) as maturity,
    exists (
        select 1 from spring_festivals where days.day between spring_festivals.starts and spring_festivals.starts + 6
    ) as is_spring_festival,
    days.day between date '2020-02-01' and date '2020-03-20' as is_first_wave,
    days.day between date '2022-03-28' and date '2022-05-31' as is_lockdown
from days;

-- One row per kind of demand: factor of each month, of weekend days, of Spring Festival days, of the first wave.
create table world.season as
from (
    values
    ('savings', [2.3, 1.3, 1.6, 0.7, 0.7, 1.1, 0.6, 0.6, 0.9, 0.6, 0.7, 1.0], 0.45, 0.08, 0.45),
    ('protection', [1.35, 0.85, 1.25, 0.9, 0.95, 1.15, 0.9, 0.9, 1.0, 0.85, 1.0, 1.1], 0.6, 0.12, 0.5),
    ('short', [1.05, 0.85, 1.05, 1.0, 1.0, 1.05, 1.05, 1.0, 1.0, 0.95, 1.0, 1.0], 0.85, 0.4, 1.1),
    ('motor', [1.05, 0.8, 1.0, 0.95, 0.97, 1.0, 0.97, 0.98, 1.02, 1.0, 1.05, 1.25], 0.7, 0.2, 0.6),
    ('return_freight', [0.8, 0.7, 0.9, 0.95, 1.0, 1.2, 0.9, 0.9, 1.0, 1.05, 1.6, 1.2], 1.0, 0.35, 0.8),
    ('flight_delay', [1.1, 1.1, 0.9, 0.95, 1.0, 1.05, 1.4, 1.5, 1.0, 1.2, 0.9, 0.9], 1.05, 1.3, 0.2),
    ('heat', [0, 0, 0, 0, 0.4, 1.4, 2.0, 1.2, 0, 0, 0, 0], 1.0, 1.0, 1.0),
    ('rain', [0.3, 0.4, 0.7, 1.1, 1.5, 1.9, 1.6, 1.3, 1.0, 0.9, 0.6, 0.3], 1.5, 1.2, 0.3),
    ('guarantee', [1.0, 0.8, 1.0, 1.0, 1.0, 1.05, 1.0, 1.0, 1.0, 1.0, 1.1, 1.05], 0.8, 0.3, 0.7),
    ('credit', [1.0, 0.8, 1.0, 1.0, 1.0, 1.05, 1.0, 1.0, 1.0, 1.0, 1.1, 1.05], 0.8, 0.3, 0.7),
    ('account', [1.15, 0.95, 1.0, 1.0, 1.0, 1.05, 1.0, 1.0, 1.0, 1.0, 1.1, 1.05], 0.75, 0.5, 0.9),
    ('service', [1.1, 0.9, 1.05, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.95, 1.05, 1.05], 0.55, 0.35, 1.0)
) as seasons(kind, months, weekend, spring_festival, first_wave);

-- Yearly growth of demand (natural logarithm) by kind and channel; 'ALL' where the channel does not matter.
create table world.growth as
from (
    values
    ('savings', 'AGENCY', 0.08), ('savings', 'BANC', 0.24), ('savings', 'BROKER', 0.12), ('savings', 'ONLINE', 0.35),
    ('savings', 'DIRECT', -0.06), ('protection', 'AGENCY', -0.04), ('protection', 'BANC', 0.15),
    ('protection', 'BROKER', 0.18), ('protection', 'ONLINE', 0.32), ('protection', 'DIRECT', -0.05),
    ('short', 'AGENCY', 0.06), ('short', 'BANC', 0.10), ('short', 'BROKER', 0.12), ('short', 'ONLINE', 0.36),
    ('short', 'ONLINE_PLATFORM', 0.48), ('short', 'DIRECT', 0.02), ('motor', 'AGENCY', 0.05), ('motor', 'BROKER', 0.10),
    ('motor', 'DIRECT', 0.03), ('motor', 'ONLINE', 0.28), ('return_freight', 'ONLINE_PLATFORM', 0.55),
    ('flight_delay', 'ONLINE_PLATFORM', 0.20), ('flight_delay', 'ONLINE', 0.30), ('heat', 'ONLINE_PLATFORM', 0.25),
    ('rain', 'ONLINE_PLATFORM', 0.20), ('guarantee', 'ONLINE_PLATFORM', 0.22), ('credit', 'ALL', 0.22),
    ('account', 'ALL', 0.30), ('service', 'ALL', 0.18)
) as rates(kind, channel_code, yearly);

-- Share of a kind's demand that lies before each day: the inverse of the distribution of dates.
create table world.demand as
with weights as (
    select
        growth.kind,
        growth.channel_code,
        calendar.day,
        exp(growth.yearly * calendar.years_in)
        * calendar.maturity
        * season.months[calendar.month_number]
        * case when calendar.is_weekend then season.weekend else 1 end
        * case when calendar.is_spring_festival then season.spring_festival else 1 end
        * case when calendar.is_first_wave and growth.channel_code not in ('ONLINE', 'ONLINE_PLATFORM') then season.first_wave else 1 end
        * case when calendar.is_lockdown and growth.kind = 'flight_delay' then 0.35 else 1 end
        * case when growth.kind <> 'return_freight' then 1
            when calendar.month_day = '11-11' then 14
            when calendar.month_day in ('11-01', '11-02', '11-03') then 4
            when calendar.month_day = '06-18' then 6
            when calendar.month_day = '12-12' then 4
            when calendar.month_day in ('06-01', '03-08') then 2.5
            else 1 end
        * case when growth.kind = 'service' and calendar.weekday = 1 then 1.25 else 1 end as weight
    from world.growth
    inner join world.season on season.kind = growth.kind
    cross join world.calendar
)

select
    kind,
    channel_code,
    day,
    (sum(weight) over running - weight) / sum(weight) over (partition by kind, channel_code) as share_before,
    -- Plans count what happens from 2020 on; a longer history holds this many times as much.
    sum(weight) over (partition by kind, channel_code)
    / nullif(sum(weight) filter (where day >= date '2020-01-01') over (partition by kind, channel_code), 0) as history_factor
from weights
window running as (partition by kind, channel_code order by day rows between unbounded preceding and current row);
