-- Every draw is a pure function of (seed, stream, row id): rows can be made in any order, in chunks, on any number of threads.
create schema world;
create schema delivery;
create schema truth;

create macro uniform(stream, row_id) as (
    (hash(xor(hash(getvariable('seed')::varchar || '/' || stream), (row_id)::ubigint)) >> 11)::double / 9007199254740992.0
);

create macro normal(stream, row_id) as (
    sqrt(-2 * ln(1 - uniform(stream || '/radius', row_id))) * cos(2 * pi() * uniform(stream || '/angle', row_id))
);

create macro lognormal(stream, row_id, median, sigma) as ((median) * exp((sigma) * normal(stream, row_id)));

create macro whole(stream, row_id, low, high) as (
    ((low) + floor(uniform(stream, row_id) * ((high) - (low) + 1)))::integer
);

create macro chosen(stream, row_id, options) as ((options)[1 + floor(uniform(stream, row_id) * len(options))::bigint]);

create macro clamped(amount, low, high) as (least(greatest(amount, low), high));

-- Number of events of a Poisson variable with a small mean, cut at four.
create macro event_count(draw, mean) as (
    case
        when (draw) < exp(-(mean)) then 0
        when (draw) < exp(-(mean)) * (1 + (mean)) then 1
        when (draw) < exp(-(mean)) * (1 + (mean) + (mean) * (mean) / 2) then 2
        when (draw) < exp(-(mean)) * (1 + (mean) + (mean) * (mean) / 2 + (mean) ** 3 / 6) then 3
        else 4
    end
);

-- Counts of the plan are those of the demo group; `size` is 1 there.
create macro sized(demo_count) as (greatest(1, round((demo_count) * getvariable('size'))::bigint));

create macro first_day() as (getvariable('first_day')::date);
create macro as_of() as (getvariable('as_of')::date);

-- The day the source delivers what happened on a day: years as backfill, from 2020 quarters, then months of the current
-- quarter, then the days of the last half month.
create macro delivered_on(happened) as (
    case
        when (happened) <= first_day() then first_day()
        when (happened) > as_of() - 16 then (happened)::date
        when (happened) >= date_trunc('month', as_of()) then as_of() - 16
        when (happened) >= date_trunc('quarter', as_of()) then last_day(happened)
        when (happened) < date '2020-01-01' then last_day(date_trunc('year', (happened)::date) + interval 11 month)
        else (date_trunc('quarter', (happened)::date) + interval 3 month - interval 1 day)::date
    end
);

-- Sources without a daily feed: the last month comes on its last day.
create macro delivered_monthly(happened) as (
    case
        when (happened) > least(as_of() - 16, date_trunc('month', as_of()) - interval 1 day) then as_of()
        else delivered_on(happened)
    end
);

-- Sources that report by quarter, and small ones that report by year: the running period comes on the as-of day.
create macro delivered_quarterly(happened) as (
    case
        when (happened) >= date_trunc('quarter', as_of()) then as_of()
        else delivered_on(happened)
    end
);

create macro delivered_yearly(happened) as (
    case
        when (happened) <= first_day() then first_day()
        else least(last_day(date_trunc('year', (happened)::date) + interval 11 month), as_of())
    end
);

create macro day_start(some_day) as ((some_day)::timestamp);
