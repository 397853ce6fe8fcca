-- Weather of twelve cities: the day's maximum and its rain, each a season with persistent departures from it.
-- Mean and swing of the daily maximum, its ceiling, the share of wet days in winter and summer.
create table world.city as
from (
    values
    ('110000', '北京', 39.90, 116.40, 18.2, 13.0, 42.0, 0.08, 0.36), ('140100', '太原', 37.87, 112.55, 17.0, 12.8, 40.0, 0.09, 0.34),
    ('310000', '上海', 31.23, 121.47, 20.8, 12.0, 41.0, 0.30, 0.40), ('320100', '南京', 32.06, 118.80, 20.7, 12.6, 41.5, 0.28, 0.40),
    ('330100', '杭州', 30.25, 120.17, 21.5, 12.8, 42.0, 0.36, 0.42), ('350100', '福州', 26.08, 119.30, 24.6, 10.0, 42.0, 0.34, 0.42),
    ('420100', '武汉', 30.58, 114.30, 21.8, 12.6, 41.0, 0.27, 0.36), ('430100', '长沙', 28.20, 112.97, 21.9, 12.8, 42.0, 0.40, 0.36),
    ('440100', '广州', 23.13, 113.26, 26.6, 7.2, 39.5, 0.22, 0.52), ('500000', '重庆', 29.56, 106.55, 22.4, 12.6, 44.5, 0.30, 0.38),
    ('510100', '成都', 30.66, 104.07, 20.8, 10.6, 40.0, 0.22, 0.48), ('610100', '西安', 34.27, 108.95, 19.8, 13.6, 43.0, 0.14, 0.34)
) as cities(city_code, city_name_zh, latitude, longitude, mean_celsius, swing_celsius, ceiling_celsius, wet_winter, wet_summer);

create table world.weather as
with numbered as (
    select *, row_number() over (order by city_code) as city_position, count(*) over () as cities from world.city
),

-- Thirteen days before the first so that its persistence has a past.
shocks as (
    select
        numbered.*,
        unnest(generate_series(first_day() - 13, as_of(), interval 1 day))::date as reading_date
    from numbered
),

drawn as (
    select
        *,
        date_diff('day', date '2000-01-01', reading_date) * 100 + city_position as reading_id,
        -- Warmest in the last week of July.
        cos(2 * pi() * (dayofyear(reading_date) - 205) / 365.25) as season
    from shocks
),

persisted as (
    select
        *,
        list(normal('temperature', reading_id)) over past as heat_shocks,
        list(normal('rain', reading_id)) over past as rain_shocks
    from drawn
    window past as (partition by city_code order by reading_date rows between 13 preceding and current row)
),

-- A departure keeps 0.75 of itself from day to day, wetness 0.45; the factors make both standard normal.
departed as (
    select
        *,
        0.661 * list_dot_product(heat_shocks, [0.0238, 0.0317, 0.0422, 0.0563, 0.0751, 0.1001, 0.1335, 0.1780, 0.2373, 0.3164, 0.4219, 0.5625, 0.75, 1.0]) as heat_departure,
        0.893 * list_dot_product(rain_shocks[-5:], [0.0410, 0.0911, 0.2025, 0.45, 1.0]) as wetness,
        wet_winter + (wet_summer - wet_winter) * (1 + season) / 2 as wet_share
    from persisted
    where len(heat_shocks) = 14
),

rained as (
    select
        *,
        case when wetness > -ln(wet_share / (1 - wet_share)) / 1.702
            then round(greatest(lognormal('rain_amount', reading_id, 3.6 + 1.8 * (1 + season), 1.05), 0.1), 1) else 0 end as rain_millimetres
    from departed
),

warmed as (
    select
        *,
        mean_celsius + swing_celsius * season + (3.6 - 0.8 * season) * heat_departure - case when rain_millimetres > 1 then 2.6 else 0 end as free_celsius
    from rained
)

select
    reading_id,
    city_code,
    city_name_zh,
    reading_date,
    -- Bends below the ceiling, which no day passes.
    round(ceiling_celsius - 1.5 * ln(1 + exp((ceiling_celsius - free_celsius) / 1.5)), 1) as maximum_celsius,
    rain_millimetres,
    day_start(reading_date) + to_minutes(whole('warmest_minute', reading_id, 770, 1000)) as warmest_at
from warmed;

create table delivery.scenario__weather_reading as
select delivered_monthly(reading_date) as dt, city_code, city_name_zh, reading_date, maximum_celsius, rain_millimetres, warmest_at
from world.weather;
