"""Real public records through the whole pipeline give the numbers that the source files give."""

from __future__ import annotations

import pytest

from metrics_dictionary.locations import DataFolder
from tests.real.compare import HERE, Check, run
from tests.real.mapping import SOURCE_FOLDER

pytestmark = pytest.mark.skipif(not SOURCE_FOLDER.is_dir(), reason=f"skipped: the real data sets are not at {SOURCE_FOLDER}")


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    """Every comparison of one run."""
    return run(DataFolder(tmp_path_factory.mktemp("real")))


def test_every_difference_is_zero(checks: list[Check]) -> None:
    assert [check.line for check in checks if not check.is_ok] == []


def test_at_least_24_metrics_are_compared(checks: list[Check]) -> None:
    compared = {check.subject for check in checks} & {file.stem for file in (HERE / "expected").glob("*.sql")}
    assert len(compared) >= 24


def test_a_difference_would_be_seen() -> None:
    assert not Check("gross_scale_premium", "year", 100.01, 100.0).is_ok
    assert not Check("gross_scale_premium", "year", None, 0.0).is_ok
    assert Check("call_answer_rate", "month", 0.1 + 0.2, 0.3).is_ok
