"""The ledger of pipeline runs in the raw database: `meta.runs`, one row a run."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.raw_database import open_raw_database


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def git_commit() -> str | None:
    """The commit the models come from, with `+` when files were changed since; None outside a git checkout."""
    try:
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)  # noqa: S607
        changed = subprocess.run(["git", "status", "--porcelain"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return None
    return commit.stdout.strip() + ("+" if changed.stdout.strip() else "")


@contextlib.contextmanager
def recorded_run(folder: DataFolder, run_id: str) -> Iterator[None]:
    """Record that a run began; when it ends without `finish_run`, it is recorded as failed.

    A row still marked running belongs to a run that was killed, because the caller holds the pipeline lock: it becomes
    `interrupted`.
    """
    with contextlib.closing(open_raw_database(folder)) as connection:
        connection.execute("update meta.runs set status = 'interrupted', ended_at = ? where status = 'running'", [_now()])
        connection.execute(
            "insert into meta.runs (run_id, started_at, status, git_commit) values (?, ?, 'running', ?)", [run_id, _now(), git_commit()]
        )
    try:
        yield
    finally:
        with contextlib.closing(open_raw_database(folder)) as connection:
            connection.execute(
                "update meta.runs set status = 'failed', ended_at = ? where run_id = ? and status = 'running'", [_now(), run_id]
            )


def record_build(folder: DataFolder, run_id: str, project_hash: str, last_load_id: int) -> None:
    """Record that dbt has built everything loaded up to `last_load_id` from the models with `project_hash`."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        connection.execute("begin")
        connection.execute("update meta.runs set project_hash = ? where run_id = ?", [project_hash, run_id])
        connection.execute(
            "update meta.touched_dates set built_by_run_id = ? where built_by_run_id is null and load_id <= ?", [run_id, last_load_id]
        )
        connection.execute("commit")


def finish_run(folder: DataFolder, run_id: str, published_version: str | None) -> None:
    """Record that a run ended well and what it published, if anything."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        connection.execute(
            "update meta.runs set status = 'succeeded', ended_at = ?, published_version = ? where run_id = ?",
            [_now(), published_version, run_id],
        )


def last_load_id(folder: DataFolder) -> int:
    """The highest load id so far, 0 when nothing was loaded."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        return connection.execute("select coalesce(max(load_id), 0) from meta.loads").fetchone()[0]


def last_project_hash(folder: DataFolder) -> str | None:
    """The hash of the models that built the warehouse last, None before the first build."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        row = connection.execute(
            "select project_hash from meta.runs where project_hash is not null order by started_at desc limit 1"
        ).fetchone()
    return row[0] if row else None


def has_unbuilt_dates(folder: DataFolder) -> bool:
    """Whether loads have touched dates that no finished build has taken in."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        return connection.execute("select count(*) > 0 from meta.touched_dates where built_by_run_id is null").fetchone()[0]
