"""Values beside each other: effects of data and of code, tolerance, and what counts as moved."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.impact.comparing import Comparison, comparisons, create_compared, write_values
from metrics_dictionary.publication_tables import TABLES

VALUE = """
insert into {side}.metrics.metric_values by name
select '{code}' as metric_code, 1 as version, '{grain}' as grain, date '{start}' as period_start_date, date '{end}' as period_end_date,
    '{dimension_set}' as dimension_set, {channel} as channel_code, {value} as value, {numerator} as numerator, null as denominator,
    true as is_complete_period, {in_force} as is_in_force, 'passed' as trust, date '2024-01-01' as known_from, 'r' as run_id
"""


class Sides:
    """Three databases with values, and what is compared between them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        for side in ("published", "before", "after"):
            connection.execute(f"attach ':memory:' as {side}")
            connection.execute(f"use {side}")
            connection.execute(TABLES)
        connection.execute("use memory")

    def put(self, side: str, value: float | None, year: int = 2023, channel: str | None = None, **changes: object) -> None:
        """One value of a side."""
        facts: dict[str, object] = {
            "side": side, "code": "premium", "grain": "year", "start": f"{year}-01-01", "end": f"{year}-12-31",
            "dimension_set": "channel" if channel else "total", "channel": f"'{channel}'" if channel else "null::varchar",
            "value": "null" if value is None else value, "numerator": "null", "in_force": "true",
        }  # fmt: skip
        self.connection.execute(VALUE.format(**(facts | changes)))

    def compare(self, tolerance: float = 0, with_published: bool = False, is_reached: bool = True) -> Comparison:
        """The comparison of the metric."""
        published = "published.metrics.metric_values" if with_published else None
        before, after = (f"{side}.metrics.metric_values" for side in ("before", "after"))
        create_compared(self.connection, before, after, published, {"premium": tolerance}, {"premium"} if is_reached else set())
        return comparisons(self.connection)["premium"]


@pytest.fixture
def sides() -> Iterator[Sides]:
    with duckdb.connect() as connection:
        yield Sides(connection)


def test_effects_of_data_and_code_make_up_the_whole_difference(sides: Sides) -> None:
    for side, value in (("published", 100), ("before", 130), ("after", 125)):
        sides.put(side, value)
    found = sides.compare(with_published=True)
    row = found.headline
    assert (row.published, row.data_effect, row.before, row.code_effect, row.after, row.state) == (100, 30, 130, -5, 125, "beyond")
    assert (found.beyond, found.moved_by_data) == (1, 1)


def test_what_code_cannot_reach_has_the_same_values_after(sides: Sides) -> None:
    sides.put("published", 100)
    sides.put("before", 130)
    found = sides.compare(with_published=True, is_reached=False)
    assert (found.headline.after, found.headline.code_effect, found.headline.data_effect) == (130, 0, 30)


@pytest.mark.parametrize(("tolerance", "state"), [(0, "beyond"), (4.9, "beyond"), (5, "within"), (6, "within")])
def test_tolerance_is_a_difference_in_the_metrics_unit(sides: Sides, tolerance: float, state: str) -> None:
    sides.put("before", 130)
    sides.put("after", 125)
    found = sides.compare(tolerance)
    assert (found.headline.state, found.moved, found.headline.data_effect) == (state, 1, None)


def test_the_last_bits_of_a_double_are_no_movement(sides: Sides) -> None:
    sides.put("before", 0.1 + 0.2)
    sides.put("after", 0.3)
    assert sides.compare().moved == 0


def test_a_cent_in_ten_billion_is_a_movement(sides: Sides) -> None:
    sides.put("before", 10_000_000_000.00)
    sides.put("after", 10_000_000_000.01)
    assert sides.compare().beyond == 1


@pytest.mark.parametrize(("before", "after", "state"), [(None, 1, "appears"), (1, None, "disappears")])
def test_a_value_that_comes_or_goes_is_beyond_any_tolerance(sides: Sides, before: float | None, after: float | None, state: str) -> None:
    sides.put("before", before)
    sides.put("after", after)
    found = sides.compare(tolerance=99)
    assert (found.headline.state, found.beyond) == (state, 1)


def test_a_segment_that_only_one_side_has_appears(sides: Sides) -> None:
    for side in ("before", "after"):
        sides.put(side, 5)
    sides.put("after", 5, channel="online")
    found = sides.compare()
    assert found.beyond == 1
    assert (found.headline.members, found.headline.state) == (("online",), "appears")


def test_a_numerator_that_moves_under_an_equal_ratio_is_told(sides: Sides) -> None:
    sides.put("before", 0.5, numerator="10")
    sides.put("after", 0.5, numerator="20")
    found = sides.compare()
    assert (found.moved, found.parts_moved) == (0, 1)


def test_versions_count_where_they_are_in_force(sides: Sides) -> None:
    sides.put("before", 5)
    sides.put("after", 7, in_force="false")
    sides.put("after", 5, in_force="true")
    assert sides.compare().moved == 0


def test_days_are_compared_for_the_years_that_both_sides_publish(sides: Sides) -> None:
    def day(side: str, year: int, value: float) -> None:
        sides.put(side, value, grain="day", start=f"{year}-05-01", end=f"{year}-05-01")

    day("before", 2022, 1)
    for side in ("before", "after"):
        day(side, 2023, 2)
    assert sides.compare().moved == 0
    day("after", 2022, 3)
    assert sides.compare().moved == 1


def test_the_headline_is_the_newest_whole_of_the_coarsest_grain_that_moved(sides: Sides) -> None:
    for year, after in ((2021, 2), (2022, 2), (2023, 1)):
        sides.put("before", 1, year)
        sides.put("after", after, year)
    sides.put("after", 50, 2022, channel="online")
    found = sides.compare()
    assert (found.headline.period_start_date.year, found.headline.dimension_set) == (2022, "total")
    assert [row.period_start_date.year for row in found.periods] == [2022, 2021]
    assert [row.members for row in found.segments] == [("online",)]


def test_every_value_that_moved_is_written(sides: Sides, tmp_path: Path) -> None:
    for year, after in ((2022, 1), (2023, 4)):
        sides.put("before", 1, year)
        sides.put("after", after, year)
    sides.compare()
    write_values(sides.connection, tmp_path / "moved.csv")
    with (tmp_path / "moved.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["metric_code"], row["period_end_date"], float(row["code_effect"]), row["state"]) == ("premium", "2023-12-31", 3, "beyond")
