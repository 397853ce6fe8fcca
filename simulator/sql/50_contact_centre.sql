-- Demand for service: how many contacts a company has in a year, on which day and in which half hour they come.
-- Shares of the half hours from midnight, of working days, of the weekdays, and the times people are willing to wait were
-- measured on 33,066 calls of one bank's call centre in February 1999 (Technion, "Anonymous Bank"); only the parameters are here.
create table world.half_hour as
with measured as (
    select [
        3.6, 2.6, 1.6, 1.3, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 1.3, 1.6, 1.6, 4.4, 16.6, 23.9, 36.5, 58.8, 49.1, 59.4, 63.7, 61.3, 58.4, 54.6,
        46.2, 47.9, 65.0, 55.4, 57.6, 57.5, 56.2, 57.3, 58.8, 57.3, 51.1, 43.4, 43.9, 39.6, 34.9, 31.8, 27.6, 31.2, 28.7, 33.5, 30.0, 23.3,
        24.1, 16.7
    ] as calls
),

numbered as (
    select unnest(calls) as calls, unnest(range(48)) as half_hour from measured
)

select
    half_hour,
    calls / sum(calls) over () as share,
    sum(calls) over (order by half_hour rows unbounded preceding) / sum(calls) over () - calls / sum(calls) over () as share_before
from numbered;

-- Per year of the demo group: visits to the AI (sessions of one person close to each other are one), those passed on to a person,
-- all requests for a person, the share answered. The life company's robot moved into WeChat at the turn of 2021.
create table world.service_plan as
with plans(company_code, plan_year, ai_visits, passed_on, requests, answered_share) as (
    values
    ('LIFE', 2014, 0, 0, 260, 0.946), ('LIFE', 2015, 0, 0, 330, 0.952), ('LIFE', 2016, 0, 0, 410, 0.957), ('LIFE', 2017, 0, 0, 500, 0.962),
    ('LIFE', 2018, 320, 12, 540, 0.968), ('LIFE', 2019, 1500, 40, 900, 0.972), ('LIFE', 2020, 10000, 160, 3150, 0.979),
    ('LIFE', 2021, 146600, 1946, 30027, 29628 / 30027), ('LIFE', 2022, 70000, 840, 13000, 0.989),
    ('PROP', 2014, 0, 0, 220, 0.940), ('PROP', 2015, 0, 0, 280, 0.944), ('PROP', 2016, 0, 0, 340, 0.949), ('PROP', 2017, 60, 3, 400, 0.955),
    ('PROP', 2018, 220, 9, 440, 0.961), ('PROP', 2019, 520, 18, 480, 0.966), ('PROP', 2020, 2100, 60, 900, 0.974), ('PROP', 2021, 2800, 70, 880, 0.980),
    ('PROP', 2022, 3600, 80, 820, 0.984),
    ('PAY', 2014, 0, 0, 40, 0.935), ('PAY', 2015, 0, 0, 60, 0.940), ('PAY', 2016, 0, 0, 80, 0.946), ('PAY', 2017, 40, 2, 110, 0.953),
    ('PAY', 2018, 120, 4, 150, 0.960), ('PAY', 2019, 260, 8, 180, 0.966), ('PAY', 2020, 820, 22, 340, 0.972), ('PAY', 2021, 1150, 26, 350, 0.979),
    ('PAY', 2022, 1500, 30, 340, 0.984)
),

-- A year that history holds only in part has its part; years beyond the plan are like the nearest one.
years as (
    select year(day) as service_year, least(count(*) / 365, 1) as part from world.calendar group by service_year
)

select
    plans.company_code,
    years.service_year,
    case when ai_visits = 0 then 0 else sized(ai_visits * part) end as ai_visits,
    case when passed_on = 0 then 0 else sized(passed_on * part) end as passed_on,
    sized(requests * part) as requests,
    plans.answered_share
from plans
inner join years on clamped(years.service_year, 2014, 2022) = plans.plan_year;

-- The bank's first working day is a Sunday; its weekend has a third and a seventh of a working day's calls. Sessions with the AI
-- fall less on weekends. Critical-illness cover of the old definition was sold until 31 January 2021, long-term online
-- cover of many companies until 31 December 2021: both rushes double the questions. A day's own factor has a deviation of 0.13.
create table world.service_day as
with kinds as (
    select company_code, is_ai from (select distinct company_code from world.service_plan) cross join (values (true), (false)) as kinds(is_ai)
),

weights as (
    select
        kinds.company_code,
        kinds.is_ai,
        calendar.day,
        year(calendar.day) as service_year,
        season.months[calendar.month_number]
        * case when kinds.is_ai then [1.01, 0.97, 1.03, 1.02, 0.98, 0.74, 0.66] else [1.01, 0.95, 1.05, 1.04, 0.96, 0.32, 0.14] end[calendar.weekday]
        * case when calendar.is_spring_festival then season.spring_festival else 1 end
        * case when kinds.company_code = 'LIFE' and calendar.day between date '2021-01-08' and date '2021-02-03' then 2.1
            when kinds.company_code = 'LIFE' and calendar.day between date '2021-11-15' and date '2021-12-31' then 2.0 else 1 end
        * exp(0.18 * dayofyear(calendar.day) / 365) as forecast,
        exp(0.13 * normal('busy_day/' || kinds.company_code, date_diff('day', date '2000-01-01', calendar.day))) as surprise
    from kinds
    cross join world.calendar
    inner join world.season on season.kind = 'service'
)

select
    company_code,
    is_ai,
    service_year,
    day,
    forecast / sum(forecast) over whole_year as forecast_share,
    (sum(forecast * surprise) over to_date - forecast * surprise) / sum(forecast * surprise) over whole_year as share_before
from weights
window whole_year as (partition by company_code, is_ai, service_year), to_date as (partition by company_code, is_ai, service_year order by day);
