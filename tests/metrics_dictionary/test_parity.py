"""Published values beside ad-hoc MetricFlow queries, and sums beside their parts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.parity import compare_with_metricflow, values_to_compare
from metrics_dictionary.publication import publish_metrics

END_OF_DATA = date(2024, 12, 31)


@pytest.fixture(scope="module")
def whole_database(tiny_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the tiny warehouse, published as of a day after its last row."""
    database = tmp_path_factory.mktemp("whole") / "zhicang.duckdb"
    shutil.copy(tiny_warehouse.database, database)
    publish_metrics(database, tiny_warehouse.manifest, "run-2", END_OF_DATA, tiny_warehouse.cache)
    yield database


def test_every_metric_and_cut_equals_metricflow(whole_database: Path, tiny_dictionary: Dictionary) -> None:
    with duckdb.connect(str(whole_database), read_only=True) as connection, Engine(tiny_dictionary) as engine:
        compared = compare_with_metricflow(connection, engine, END_OF_DATA)
        assert engine.compiled_count > 200
        assert compared.values - len(compared.differences) == values_to_compare(connection, END_OF_DATA)
        found = compared.differences
    assert [d for d in found if d.metric_code != "premium_of_12_months"] == []
    # MetricFlow shows the last day of the month whose window holds a row; here a month shows its own last day, and a
    # window that is empty by then has no value. Nothing else may differ.
    assert found
    assert {d.published for d in found} == {None}


def test_parity_finds_a_changed_a_missing_and_an_extra_value(whole_database: Path, tiny_dictionary: Dictionary, tmp_path: Path) -> None:
    database = tmp_path / "zhicang.duckdb"
    shutil.copy(whole_database, database)
    with duckdb.connect(str(database)) as connection, Engine(tiny_dictionary) as engine:
        cut = "metric_code = 'written_premium' and grain = 'month' and dimension_set = 'total'"
        connection.execute(f"update metrics.metric_values set value = value + 0.01 where {cut} and period_start_date = '2023-01-01'")
        connection.execute(f"delete from metrics.metric_values where {cut} and period_start_date = '2023-02-01'")
        connection.execute(
            f"""
            insert into metrics.metric_values
            select * replace (date '2023-05-01' as period_start_date, date '2023-05-31' as period_end_date)
            from metrics.metric_values where {cut} and period_start_date = '2024-01-01'
            """
        )
        found = compare_with_metricflow(connection, engine, END_OF_DATA, ["written_premium"]).differences
    assert {(str(d.period_start_date), d.published, d.expected) for d in found} == {
        ("2023-01-01", 300.31, 300.30),
        ("2023-02-01", None, 0.30),
        ("2023-05-01", 200.20, None),
    }


def test_a_sample_holds_the_finest_cut_and_repeats(whole_database: Path, tiny_dictionary: Dictionary) -> None:
    with duckdb.connect(str(whole_database), read_only=True) as connection, Engine(tiny_dictionary) as engine:
        names = ["written_premium", "answer_rate"]
        first = compare_with_metricflow(connection, engine, END_OF_DATA, names, sample=3)
        compiled = engine.compiled_count
        assert first == compare_with_metricflow(connection, engine, END_OF_DATA, names, sample=3)
    assert (first.metrics, first.cuts, compiled) == (2, 6, 6)
