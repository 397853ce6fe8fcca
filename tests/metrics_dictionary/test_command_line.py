"""The command `metrics` as a person uses it."""

from __future__ import annotations

import json
import re
import shutil

import duckdb
import pytest
from typer.testing import CliRunner

from metrics_dictionary.command_line import app


@pytest.fixture
def metrics(tiny_warehouse, tmp_path, monkeypatch):
    """Run the command on the tiny project; returns the result."""
    monkeypatch.setenv("DBT_TARGET_PATH", str(tiny_warehouse.manifest.parent))
    monkeypatch.setenv("ZHICANG_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, list(words))


def test_list_and_show(metrics) -> None:
    assert "written_premium" in metrics("list").output
    shown = metrics("show", "answer_rate", "--lang", "zh").output
    assert "指标answer_rate" in shown
    assert '"answered_count"' in shown
    wrong = metrics("list", "--subject", "busines")
    assert wrong.exit_code == 1
    assert "did you mean business" in wrong.output


def test_query_prints_csv_json_and_a_table(metrics, tiny_warehouse) -> None:
    words = (
        "query",
        "written_premium",
        "--grain",
        "year",
        "--where",
        "period=2023",
        "--database",
        str(tiny_warehouse.database),
    )
    assert metrics(*words, "--format", "csv").output.split() == [
        "period_start_date,written_premium",
        "2023-01-01,300.60",
    ]
    assert json.loads(metrics(*words, "--format", "json").output) == [{"period_start_date": "2023-01-01", "written_premium": 300.6}]
    assert "300.60" in metrics(*words).output


def test_sql_shows_parameters_apart(metrics) -> None:
    output = metrics("sql", "written_premium", "--where", "channel=o'n").output
    assert """-- $member_0_0 = "o'n\"""" in output
    assert "$member_0_0" in output.split("\n", 1)[1]
    assert "o'n" not in output.split("\n", 1)[1]


def test_parity_of_a_publication(metrics, tiny_warehouse, tmp_path) -> None:
    database = tmp_path / "zhicang.duckdb"
    shutil.copy(tiny_warehouse.database, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table metrics.publication as select date '2024-02-20' as as_of_date")
    words = ("parity", "written_premium,answer_rate", "--sample", "4", "--database", str(database))
    result = metrics(*words)
    assert result.exit_code == 0
    first, *others = result.output.splitlines()
    assert re.fullmatch(r"values that differ from MetricFlow's, of \d+ in 8 cuts of 2 metrics: expected 0, found 0", first)
    assert len(others) == 7
    everything = metrics("parity", "--all", "--database", str(database))
    assert "values compared of those published for periods that have ended: expected " in everything.output
    with duckdb.connect(str(database)) as connection:
        connection.execute("update metrics.metric_values set value = value * 2 where metric_code = 'answer_rate'")
    result = metrics(*words)
    assert result.exit_code == 1
    assert result.output.count("MISS") > 1


def test_errors_are_one_line(metrics) -> None:
    for words in (
        ("show", "writen_premium"),
        ("query", "written_premium", "--as-of", "2024"),
        ("query", "written_premium"),
    ):
        result = metrics(*words)
        assert result.exit_code == 1
        assert result.output.startswith("metrics: ")
        assert "Traceback" not in result.output
