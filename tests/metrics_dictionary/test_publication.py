"""The tables beside the values: catalogue, sources, targets, status, trust; and what publishing does when it fails."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import DefinitionError, MetricsError
from metrics_dictionary.publication import publish_metrics, set_trust

CHECKS = """
create or replace table metrics.checks (
    run_id varchar, checked_at timestamp, layer varchar, subject varchar, table_name varchar, column_name varchar,
    expectation varchar, status varchar, rows_checked bigint, rows_failing bigint, detail varchar
);
create or replace table metrics.loads (source varchar, entity varchar, status varchar, loaded_at timestamp)
"""


@pytest.fixture
def copied(tiny_warehouse, tmp_path: Path) -> Path:
    """A copy of the published tiny warehouse that a test may change."""
    database = tmp_path / "zhicang.duckdb"
    shutil.copy(tiny_warehouse.database, database)
    return database


def test_the_catalogue_is_complete(published: duckdb.DuckDBPyConnection, tiny_dictionary: Dictionary) -> None:
    codes = {code for (code,) in published.execute("select metric_code from metrics.metric_catalogue").fetchall()}
    assert codes == set(tiny_dictionary.catalogue)
    kinds = dict(published.execute("select metric_code, metric_kind from metrics.metric_catalogue").fetchall())
    assert kinds["customers_served"] == "count_distinct"
    assert kinds["in_force"] == "point_in_time"
    assert kinds["premium_to_date"] == "cumulative"
    row = published.execute(
        """
        select numerator, denominator, dimensions, grains, json_extract_string(parameters, '$.maturity_months'), valid_from,
            definition_sql
        from metrics.metric_catalogue where metric_code = 'persistency'
        """
    ).fetchone()
    grains = ["month", "quarter", "year"]
    assert row[:6] == ("kept_amount", "due_amount", ["organisation"], grains, "13", date(2015, 1, 1))
    assert "agg_cohorts_monthly" in row[6]


def test_sources_name_the_columns_a_metric_reads(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select table_name, column_name from metrics.metric_lineage where metric_code = 'answer_rate' and hops = 1"
    ).fetchall()
    columns = {"is_answered", "contact_date", "organisation_code", "channel_code"}
    assert {name for table, name in rows if table == "fct_contacts"} >= columns


def test_status_follows_target_direction_and_organisation(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """
        select dimension_set, organisation_code, value, target_value, target_kind, status, change_kind
        from metrics.metric_status
        where metric_code = 'answer_rate' and grain = 'month' and dimension_set in ('total', 'organisation')
            and period_start_date = date '2024-01-01'
        order by dimension_set, organisation_code
        """
    ).fetchall()
    assert rows == [
        ("organisation", "LIFE_BJ", 1.0, 0.9, "proposal", "green", "difference"),
        ("organisation", "LIFE_SH", 0.5, 0.4, "regulatory", "green", "difference"),
        ("total", None, 0.75, 0.9, "proposal", "amber", "difference"),
    ]


def test_targets_of_amounts_hold_for_their_grain_and_the_total_only(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """
        select grain, dimension_set, period_start_date, status from metrics.metric_status
        where metric_code = 'written_premium' and status <> 'no_target' order by all
        """
    ).fetchall()
    assert rows == [("month", "total", date(2023, 1, 1), "amber"), ("month", "total", date(2023, 2, 1), "red")]


def test_changes_compare_with_exactly_the_period_before(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """
        select period_start_date, previous_value, previous_year_value, change_previous, change_previous_year, change_kind
        from metrics.metric_status
        where metric_code = 'written_premium' and grain = 'month' and dimension_set = 'total' order by all
        """
    ).fetchall()
    assert rows[0] == (date(2023, 1, 1), None, None, None, None, "ratio")
    assert rows[1][1:4] == (300.30, None, (0.30 - 300.30) / 300.30)
    assert rows[2][1:] == (None, 300.30, None, (200.20 - 300.30) / 300.30, "ratio")


def test_trust_follows_the_last_result_of_every_check(copied: Path) -> None:
    with duckdb.connect(str(copied)) as connection:
        connection.execute(CHECKS)
        assert set(set_trust(connection).values()) == {"not_checked"}
        results = [
            ("2024-02-20 01:00", "mart", "agg_premiums_daily", "premium_amount", "not_null", "failed"),
            ("2024-02-20 02:00", "mart", "agg_premiums_daily", "premium_amount", "not_null", "passed"),
            ("2024-02-20 02:00", "mart", "agg_premiums_daily", "rate_weight", "in_range", "failed"),
            ("2024-02-20 02:00", "mart", "fct_contacts", None, "row_count", "error"),
            ("2024-02-20 02:00", "mart", "dim_organisation", None, "row_count", "passed"),
        ]
        for at, layer, table, column, expectation, status in results:
            connection.execute(
                "insert into metrics.checks values ('r', ?, ?, '', ?, ?, ?, ?, 1, 0, null)",
                [at, layer, table, column, expectation, status],
            )
        marks = set_trust(connection)
        assert marks["written_premium"] == "passed"
        assert marks["weighted_rate"] == "failed"
        assert marks["answer_rate"] == "not_checked"
        stored = connection.execute("select distinct trust from metrics.metric_values where metric_code = 'weighted_rate'")
        assert stored.fetchall() == [("failed",)]
        reasons = connection.execute(
            "select metric_code, reason, table_name, column_name, uses from metrics.metric_trust_reasons where reason = 'failed'"
        )
        assert reasons.fetchall() == [("weighted_rate", "failed", "agg_premiums_daily", "rate_weight", ["value"])]


def test_a_check_older_than_the_newest_delivery_is_stale(copied: Path) -> None:
    with duckdb.connect(str(copied)) as connection:
        connection.execute(CHECKS)
        connection.execute(
            "insert into metrics.metric_lineage values ('written_premium', 'delivery', 'admin/policy', 'amount', ['value'], 4)"
        )
        connection.execute(
            """
            insert into metrics.checks
            values ('r', '2024-02-20 01:00', 'delivery', '', 'admin/policy', 'amount', 'not_null', 'passed', 1, 0, null)
            """
        )
        connection.execute("insert into metrics.loads values ('admin', 'policy', 'loaded', '2024-02-20 00:30')")
        assert set_trust(connection)["written_premium"] == "not_checked"
        connection.execute("insert into metrics.loads values ('admin', 'policy', 'loaded', '2024-02-20 02:00')")
        assert set_trust(connection)["written_premium"] == "failed"
        assert connection.execute("select metric_code, reason, checked_at from metrics.metric_trust_reasons").fetchall() == [
            ("written_premium", "stale", datetime(2024, 2, 20, 1))
        ]


def test_the_second_publication_compiles_nothing_and_changes_nothing(tiny_warehouse, copied: Path, monkeypatch) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("compiled again")

    monkeypatch.setattr("metrics_dictionary.engine.Engine._compile", refuse)
    query = "select * exclude (run_id, trust) from metrics.metric_values order by all"
    with duckdb.connect(str(copied)) as connection:
        before = connection.execute(query).fetchall()
        connection.execute("set threads = 3")
        publish_metrics(connection, tiny_warehouse.manifest, "run-9", date(2024, 2, 20), tiny_warehouse.cache)
        assert connection.execute(query).fetchall() == before
        assert connection.execute("select current_setting('threads')").fetchone() == (3,)


def test_a_failing_publication_leaves_the_values_as_they_were(tiny_warehouse, copied: Path) -> None:
    with duckdb.connect(str(copied)) as connection:
        before = connection.execute("select count(*) from metrics.metric_values").fetchone()
        connection.execute("drop table marts.fct_contacts")
        with pytest.raises(MetricsError, match="full-refresh"):
            publish_metrics(connection, tiny_warehouse.manifest, "run-9", date(2024, 2, 20))
        assert connection.execute("select count(*) from metrics.metric_values").fetchone() == before


def test_an_empty_warehouse_has_a_catalogue_and_no_values(tiny_warehouse, copied: Path) -> None:
    with duckdb.connect(str(copied)) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        for (table,) in tables:
            connection.execute(f"delete from marts.{table}")
        assert publish_metrics(connection, tiny_warehouse.manifest, "run-9", None) == 0
        assert connection.execute("select count(*) from metrics.metric_catalogue").fetchone()[0] > 10


def test_a_database_of_another_name_is_refused(tiny_warehouse, tmp_path: Path) -> None:
    with pytest.raises(MetricsError, match="zhicang"):
        publish_metrics(tmp_path / "other.duckdb", tiny_warehouse.manifest, "run-9", date(2024, 2, 20))


def test_a_wrong_additivity_is_refused(tiny_warehouse, tmp_path: Path) -> None:
    for name in ("manifest.json", "semantic_manifest.json"):
        shutil.copy(tiny_warehouse.manifest.with_name(name), tmp_path / name)
    manifest = tmp_path / "semantic_manifest.json"
    text = manifest.read_text()
    assert '"additivity": "semi_additive"' in text
    manifest.write_text(text.replace('"additivity": "semi_additive"', '"additivity": "additive"'))
    with pytest.raises(DefinitionError, match="in_force"):
        publish_metrics(tmp_path / "zhicang.duckdb", tmp_path / "manifest.json", "run-9", date(2024, 2, 20))
