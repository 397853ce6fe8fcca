-- Scenario covers by event: which weather ends in a payment, which screens break, and the one table the claims rest on.
-- Heat pays 5 yuan for every day of 37 degrees and at most 100; rain pays 10 yuan a person on a day of 10 millimetres.
create table world.weather_cover as
with covers as (
    select
        policy.*,
        chosen('insured_city', policy.policy_id, case when policy.product_code = 'HEAT37'
            then ['330100', '330100', '320100', '310000', '350100', '420100', '430100', '500000', '610100'] else (select list(city_code order by city_code) from world.city) end
        ) as city_code,
        whole('travellers', policy.policy_id, 1, 4) as persons
    from world.policy
    where policy.product_code in ('HEAT37', 'RAIN_DAY')
)

select
    *,
    case product_code when 'HEAT37' then 37.0 else 10.0 end as threshold_level,
    case product_code when 'HEAT37' then 5 else 10 * persons end::decimal(18, 2) as unit_amount,
    case product_code when 'HEAT37' then 100 else 10 * persons end::decimal(18, 2) as maximum_amount
from covers;

-- The day the claim arises: the cap is reached, or the last hot day of a cover that has ended.
create table world.weather_event as
with events as (
    select
        weather_cover.policy_id,
        weather_cover.product_code,
        weather_cover.expiry_date,
        weather_cover.unit_amount,
        weather_cover.maximum_amount,
        weather.reading_date,
        weather.warmest_at,
        row_number() over (partition by weather_cover.policy_id order by weather.reading_date) as event_number,
        count(*) over (partition by weather_cover.policy_id) as events
    from world.weather_cover
    inner join world.weather
        on weather.city_code = weather_cover.city_code
        and weather.reading_date between weather_cover.effective_date and weather_cover.expiry_date
        and case weather_cover.product_code when 'HEAT37' then weather.maximum_celsius else weather.rain_millimetres end >= weather_cover.threshold_level
)

select
    policy_id,
    product_code,
    warmest_at,
    least(event_number * unit_amount, maximum_amount)::decimal(18, 2) as claimed_amount
from events
where (product_code = 'RAIN_DAY' and event_number = 1)
    or (product_code = 'HEAT37' and (event_number * unit_amount = maximum_amount
        or (event_number = events and event_number * unit_amount < maximum_amount and expiry_date <= as_of())));

-- One row per policy whose event happened: when, when the system learned of it, what it pays, hours to payment if the
-- product fixes them. A year with a screen cover breaks eight screens of a hundred.
create table world.scenario_trigger as
with breakages as (
    select
        policy_id,
        effective_date + floor(uniform('screen_day', policy_id) * greatest(expiry_date - effective_date, 1))::integer as broken_date,
        sum_insured_amount
    from world.policy
    where product_code = 'BROKEN_SCREEN' and uniform('screen', policy_id) < 1 - exp(-0.08 * (expiry_date - effective_date + 1) / 365.25)
),

events as (
    select
        policy_id, scheduled_departure_at as loss_at, known_at + to_seconds(whole('flight_report', policy_id, 60, 600)) as reported_at, payout_amount as claimed_amount,
        null::double as pay_hours
    from world.flight_booking
    where is_claimed
    union all
    select
        policy_id, returned_at, returned_at + to_seconds(whole('return_report', policy_id, 20, 90)), least(freight_amount, sum_insured_amount), null
    from world.parcel
    where is_returned
    union all
    select
        policy_id, warmest_at, warmest_at + to_minutes(whole('heat_report', policy_id, 120, 400)), claimed_amount, null
    from world.weather_event
    where product_code = 'HEAT37'
    union all
    -- Rain is paid two hours after it was measured at the earliest, which the first of the payments is.
    select
        policy_id, warmest_at, warmest_at + to_minutes(whole('rain_report', policy_id, 5, 60)), claimed_amount,
        case when row_number() over (order by uniform('rain_pay', policy_id), policy_id) = 1 then 2.0 else 2 + lognormal('rain_pay', policy_id, 0.5, 0.8) end
    from world.weather_event
    where product_code = 'RAIN_DAY'
    union all
    select
        policy_id, day_start(broken_date) + to_minutes(whole('screen_minute', policy_id, 480, 1300)),
        day_start(broken_date) + to_minutes(whole('screen_minute', policy_id, 480, 1300) + whole('screen_report', policy_id, 10, 120)),
        round(clamped(lognormal('screen_repair', policy_id, 420, 0.4), 150, greatest(sum_insured_amount, 150)), 2)::decimal(18, 2),
        lognormal('screen_pay', policy_id, 1.5, 0.6)
    from breakages
)

select * from events where reported_at < as_of() + interval 1 day;

-- What each scenario policy is triggered by and what it pays, as the product's rules fixed it at issue.
create table delivery.scenario__cover_term as
with terms as (
    select
        policy_id, 'flight_delay' as trigger_code, null as city_code, threshold_minutes::double as threshold_level, 'minutes' as threshold_unit,
        case threshold_minutes when 60 then 100 else 200 end::decimal(18, 2) as unit_amount, 300.00::decimal(18, 2) as maximum_amount
    from world.flight_booking
    union all
    select policy_id, 'parcel_return', destination_city_code, 1, 'parcels', least(freight_amount, sum_insured_amount), sum_insured_amount from world.parcel
    union all
    select
        policy_id, case product_code when 'HEAT37' then 'heat' else 'rain' end, city_code, threshold_level, case product_code when 'HEAT37' then 'celsius' else 'millimetres' end,
        unit_amount, maximum_amount
    from world.weather_cover
    union all
    select policy_id, 'screen_break', null, 1, 'breakages', sum_insured_amount, sum_insured_amount from world.policy where product_code = 'BROKEN_SCREEN'
)

select
    delivered_monthly(policy.issue_date) as dt, policy.policy_number, terms.trigger_code, terms.city_code, terms.threshold_level, terms.threshold_unit,
    terms.unit_amount, terms.maximum_amount, policy.issue_date
from terms
inner join world.policy on policy.policy_id = terms.policy_id;
