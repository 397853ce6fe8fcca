"""The picture of a day against the publication of that day itself: the same values, statuses and marks, to the last column."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.ledger.picture import NOT_KEPT, picture_views
from metrics_dictionary.status_view import status_query
from tests.metrics_dictionary.ledger.conftest import Publications

FIRST, SECOND, THIRD = date(2024, 2, 20), date(2024, 2, 25), date(2024, 3, 1)
JANUARY = "grain = 'month' and period_start_date = date '2024-01-01'"
PREMIUM = "metric_code = 'written_premium'"
SHARE = "metric_code = 'answered_share'"
# What one publication can know otherwise than the next: values, rows that come and go, a metric not yet there, one version only.
CHANGES = {
    "nothing": "",
    "values": f"update metrics.metric_values set value = value * 0.9, numerator = numerator * 0.9 where {PREMIUM} and {JANUARY}",
    "rows that came": f"delete from metrics.metric_values where {PREMIUM} and {JANUARY} and channel_code = 'agent'",
    "a metric that came": "delete from metrics.metric_values where metric_code = 'answer_rate'",
    "the second version": f"""
        delete from metrics.metric_values where {SHARE} and version = 2;
        update metrics.metric_values set is_in_force = true where {SHARE}
    """,
    "another definition under the first number": f"""
        delete from metrics.metric_values where {SHARE} and version = 1;
        update metrics.metric_values set version = 1, is_in_force = true where {SHARE}
    """,
}
EVERYTHING_IS_OVER = "update metrics.metric_values set is_complete_period = true"
COMPARED = """
metric_code, version, grain, period_start_date, period_end_date, dimension_set, organisation_code, channel_code, product_code,
intermediary_code, segment_code, value, numerator, denominator, is_complete_period, target_value, target_kind, status,
previous_value, previous_year_value, change_previous, change_previous_year, change_kind
"""


def open_picture(publications: Publications, newest: Path, day: date) -> duckdb.DuckDBPyConnection:
    """A connection whose schema `picture` is the picture of a day from the newest publication, and whose `now` are its tables."""
    connection = duckdb.connect()
    connection.execute(f"attach '{newest}' as newest (read_only); attach '{publications.warehouse}' as warehouse (read_only)")
    connection.execute("create schema now")
    for table in ("metric_values", "superseded_values", "metric_catalogue", "metric_versions"):
        connection.execute(f"create view now.{table} as from newest.metrics.{table}")
    connection.execute("create view now.metric_targets as from warehouse.metrics.metric_targets")
    for statement in picture_views("picture", "now"):
        connection.execute(statement)
    connection.execute("set variable known_on = $day::date", {"day": day})
    return connection


@pytest.mark.parametrize("change", CHANGES)
def test_the_picture_of_a_day_is_what_its_publication_showed(publications: Publications, change: str) -> None:
    first = publications.publish(FIRST, CHANGES[change])
    publications.publish(SECOND, EVERYTHING_IS_OVER)
    newest = publications.publish(THIRD, f"{EVERYTHING_IS_OVER}; {CHANGES['values']}")
    with open_picture(publications, newest, FIRST) as connection:
        connection.execute(f"attach '{first}' as first (read_only)")
        shown = status_query("first.metrics.metric_values", "first.metrics.metric_catalogue", "now.metric_targets")
        connection.execute(f"create temp table shown as select {COMPARED} from ({shown})")
        connection.execute(f"create temp table pictured as select {COMPARED} from picture.metric_status")
        assert connection.execute("select count(*) > 100 from shown").fetchone() == (True,)
        assert connection.execute("from pictured except all from shown").fetchall() == []
        assert connection.execute("from shown except all from pictured").fetchall() == []


def test_nothing_newer_is_in_the_picture_and_trust_is_not_claimed(publications: Publications) -> None:
    publications.publish(FIRST)
    publications.publish(SECOND, CHANGES["values"])
    newest = publications.publish(THIRD)
    value = f"select value from picture.metric_status where {PREMIUM} and {JANUARY} and dimension_set = 'total'"
    for day, expected, replaced in ((FIRST, 200.2, 0), (SECOND, 180.18, 1), (THIRD - timedelta(days=1), 180.18, 1), (THIRD, 200.2, 2)):
        with open_picture(publications, newest, day) as connection:
            assert connection.execute(value).fetchall() == [(pytest.approx(expected),)]
            assert connection.execute("select distinct trust from picture.metric_values").fetchall() == [(NOT_KEPT,)]
            total = f"select count(*) from picture.superseded_values where {PREMIUM} and {JANUARY} and dimension_set = 'total'"
            assert connection.execute(total).fetchone() == (replaced,)
    with open_picture(publications, newest, FIRST - timedelta(days=1)) as connection:
        assert connection.execute("select count(*) from picture.metric_values").fetchone() == (0,)
