"""Scenario sources: flights keep their real delays, weather its climate, deliveries only what was known on their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from simulator import flights
from simulator.engine import build_world
from tests.simulator.conftest import PLAN


@pytest.fixture(scope="module")
def world() -> Iterator[duckdb.DuckDBPyConnection]:
    """The small group with ten years of weather, in memory."""
    connection = build_world(replace(PLAN, first_day=date(2014, 1, 1)), lambda line: None)
    yield connection
    connection.close()


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return float(row[0])


def test_every_flight_of_the_package_is_there_once(world: duckdb.DuckDBPyConnection) -> None:
    assert _one(world, "select count(*) from world.flown") == 336_776
    assert _one(world, "select count(*) filter (is_cancelled) from world.flown") == 8_255
    assert _one(world, "select avg((arrival_delay_minutes >= 120)::integer) from world.flown") == pytest.approx(0.0302, abs=0.001)


def test_a_day_flies_what_the_same_weekday_of_the_season_flew(world: duckdb.DuckDBPyConnection) -> None:
    assert _one(world, "select count(*) from world.calendar where isodow(flown_day(day)) <> weekday or year(flown_day(day)) <> 2013") == 0
    apart = "(dayofyear(calendar.day) - dayofyear(flown_day(calendar.day)) + 365) % 365"
    assert _one(world, f"select max(least({apart}, 365 - {apart})) from world.calendar") <= 8


def test_landed_delays_are_the_real_ones(landed: duckdb.DuckDBPyConnection, world: duckdb.DuckDBPyConnection) -> None:
    rows = landed.execute(
        "select flight_date, flight_number, origin_airport_code, departure_delay_minutes, arrival_delay_minutes from flight"
    ).fetchall()
    assert len(rows) > 500
    world.execute("create temp table landed_flight (day date, number varchar, origin varchar, departure integer, arrival integer)")
    same_day = (
        "make_date(year, month, day) = flown_day(landed_flight.day) and carrier || flight = number and flight.origin = landed_flight.origin"
    )
    world.executemany("insert into landed_flight values (?, ?, ?, ?, ?)", rows[:200])
    unknown = world.execute(
        f"select * from landed_flight where not exists (select 1 from outside.flight where {same_day} "
        "and dep_delay is not distinct from departure and arr_delay is not distinct from arrival)"
    ).fetchall()
    assert unknown == []


def test_covers_fly_within_their_cover_and_after_they_were_bought(world: duckdb.DuckDBPyConnection) -> None:
    wrong = "scheduled_departure_at <= issued_at or flight_date not between effective_date and expiry_date"
    assert _one(world, f"select count(*) from world.flight_booking where {wrong}") == 0


def test_bookings_and_parcels_tell_only_what_was_known(landed: duckdb.DuckDBPyConnection) -> None:
    early = landed.execute(
        "select count(*) from all_flight_booking where (is_boarded::boolean and flight_date::date > dt) "
        "or (is_checked_in::boolean <> (checked_in_at is not null)) or (booking_status = 'ticketed' and is_checked_in::boolean)"
    ).fetchone()
    assert early == (0,)
    untold = landed.execute(
        "select count(*) from all_parcel where is_returned::boolean <> (returned_date is not null) or returned_date::date > dt"
    ).fetchone()
    assert untold == (0,)
    versions = landed.execute("select count(*) > count(distinct order_number) from all_parcel").fetchone()
    assert versions == (True,)


def test_summers_are_hot_where_they_are_and_no_day_passes_its_ceiling(world: duckdb.DuckDBPyConnection) -> None:
    hot = dict(
        world.execute(
            "select city_name_zh, count(*) filter (maximum_celsius >= 37) / count(distinct year(reading_date)) "
            "from world.weather group by 1"
        ).fetchall()
    )
    assert 3 < hot["杭州"] < 15
    assert 3 < hot["重庆"] < 20
    assert hot["太原"] < 2
    assert _one(world, "select max(maximum_celsius - ceiling_celsius) from world.weather inner join world.city using (city_code)") <= 0
    assert 30 < _one(world, "select avg(maximum_celsius) from world.weather where month(reading_date) = 7 and city_name_zh = '杭州'") < 36
    assert 4 < _one(world, "select avg(maximum_celsius) from world.weather where month(reading_date) = 1 and city_name_zh = '杭州'") < 12


def test_weather_persists_from_day_to_day(world: duckdb.DuckDBPyConnection) -> None:
    persistence = _one(
        world,
        "with departures as (select city_code, reading_date, maximum_celsius "
        "- avg(maximum_celsius) over (partition by city_code, month(reading_date)) as departure from world.weather), "
        "pairs as (select departure, lag(departure) over (partition by city_code order by reading_date) as before from departures) "
        "select corr(departure, before) from pairs",
    )
    assert 0.5 < persistence < 0.85


def test_what_must_fit_comes_back_most(world: duckdb.DuckDBPyConnection) -> None:
    rates = dict(
        world.execute(
            "select category_code in ('apparel', 'shoes'), avg(is_returned::integer) from world.parcel where case_number is null group by 1"
        ).fetchall()
    )
    assert rates[True] > 1.5 * rates[False]
    assert 0.07 < _one(world, "select avg(is_returned::integer) from world.parcel where case_number is null") < 0.14


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flights, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="make install"):
        flights.provide_flights(duckdb.connect())
