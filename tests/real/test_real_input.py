"""Real public records through the whole pipeline give the numbers that the source files give."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder
from tests.real.compare import HERE, Check, compare_coverage, run
from tests.real.mapping import SOURCE_FOLDER

pytestmark = pytest.mark.skipif(not SOURCE_FOLDER.is_dir(), reason=f"skipped: the real data sets are not at {SOURCE_FOLDER}")


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    """Every comparison of one run."""
    return run(DataFolder(tmp_path_factory.mktemp("real")))


def test_every_difference_is_zero(checks: list[Check]) -> None:
    assert [check.line for check in checks if not check.is_ok] == []


def test_every_query_compares_something(checks: list[Check]) -> None:
    assert {file.stem for file in (HERE / "expected").glob("*.sql")} <= {check.subject for check in checks}


def test_at_least_80_metrics_are_compared(checks: list[Check]) -> None:
    compared = {check.subject for check in checks} & {file.stem for file in (HERE / "expected").glob("*.sql")}
    assert len(compared) >= 80


def test_a_metric_that_nobody_compares_is_a_miss(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "published.duckdb")) as published:
        published.execute("create schema metrics")
        published.execute(
            "create table metrics.metric_values as from (values ('new_one', true, 1.0), ('compared', true, 1.0), ('old', false, 1.0), "
            "('empty', true, null), ('upsell_rate', true, 0.0)) as v(metric_code, is_in_force, value)"
        )
        checks = {check.place: check.is_ok for check in compare_coverage(published, {"compared"})}
    assert not checks["new_one"], "a value without a query and without a reason"
    assert not checks["idle_balance"], "a reason for a metric without a value"
    assert checks["upsell_rate"]
    assert not {"compared", "old", "empty"} & checks.keys()


def test_a_difference_would_be_seen() -> None:
    assert not Check("gross_scale_premium", "year", 100.01, 100.0).is_ok
    assert not Check("gross_scale_premium", "year", None, 0.0).is_ok
    assert Check("call_answer_rate", "month", 0.1 + 0.2, 0.3).is_ok
