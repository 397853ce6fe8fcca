"""The ledger of checks in the raw database: `meta.checks`, one row per check and run, whatever tool made the check."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from metrics_dictionary.locations import DataFolder
from orchestration.lib.raw_database import open_raw_database


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check; `status` is passed, failed or error (it could not be evaluated)."""

    layer: str
    subject: str
    table_name: str
    column_name: str | None
    expectation: str
    status: str
    rows_checked: int | None = None
    rows_failing: int | None = None
    detail: str | None = None


def record_checks(folder: DataFolder, run_id: str, results: Sequence[CheckResult]) -> None:
    """Append the results of one run, all or none."""
    if not results:
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        (run_id, now, r.layer, r.subject, r.table_name, r.column_name, r.expectation, r.status, r.rows_checked, r.rows_failing, r.detail)
        for r in results
    ]
    with contextlib.closing(open_raw_database(folder)) as connection:
        connection.execute("begin")
        connection.executemany("insert into meta.checks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("commit")
