"""What a pipeline run did, as its ledgers say: the one input of the events that are told of it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from metrics_dictionary.locations import DataFolder
from orchestration.lib.raw_database import open_raw_database


@dataclass(frozen=True)
class Step:
    """A step of the run; times are in UTC."""

    key: str
    succeeded: bool
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class LoadedFile:
    """A file the run took in or parked; `file` is relative to the landing folder, `reason` a fixed word."""

    source: str
    entity: str
    file: str
    sha256: str | None
    size_bytes: int | None
    reason: str | None
    rows_read: int
    rows_loaded: int
    loaded_at: datetime

    @property
    def is_parked(self) -> bool:
        """None of its rows was taken."""
        return self.reason is not None


@dataclass(frozen=True)
class BuiltTable:
    """A model, seed or snapshot that dbt built, or tried to build, in the run; `name` is its name in the manifest."""

    name: str
    succeeded: bool
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class RunFacts:
    """One run. `types` are the types of the warehouse's columns by schema and table; `values_written` counts metric values."""

    run_id: str
    job: str
    started_at: datetime
    ended_at: datetime
    succeeded: bool
    commit: str | None = None
    published_version: str | None = None
    steps: tuple[Step, ...] = ()
    files: tuple[LoadedFile, ...] = ()
    tables: tuple[BuiltTable, ...] = ()
    values_written: int = 0
    types: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def failed_steps(self) -> list[str]:
        """The keys of the steps that failed."""
        return [step.key for step in self.steps if not step.succeeded]


def interrupted_runs(folder: DataFolder) -> list[str]:
    """The runs that never ended; asked by the holder of the pipeline lock before its own run is recorded."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        return [row[0] for row in connection.execute("select run_id from meta.runs where status = 'running'").fetchall()]


def read_facts(folder: DataFolder, run_id: str, job: str, steps: tuple[Step, ...], started_at: datetime) -> RunFacts:
    """The facts of a run that has ended and was recorded."""
    with contextlib.closing(open_raw_database(folder)) as connection:
        status, commit, version = connection.execute(
            "select status, git_commit, published_version from meta.runs where run_id = ?", [run_id]
        ).fetchone()
        files = connection.execute(
            """
            select source, entity, file, file_sha256, file_bytes, if(status = 'parked', reason, null), rows_read, rows_loaded, loaded_at
            from meta.loads where run_id = ? and source is not null and entity is not null order by load_id
            """,
            [run_id],
        ).fetchall()
    types, values = _warehouse(folder, run_id)
    return RunFacts(
        run_id=run_id,
        job=job,
        started_at=started_at,
        ended_at=datetime.now(UTC),
        succeeded=status == "succeeded" and all(step.succeeded for step in steps),
        commit=commit,
        published_version=version,
        steps=steps,
        files=tuple(LoadedFile(*row[:-1], row[-1].replace(tzinfo=UTC)) for row in files),
        tables=_built(folder, started_at),
        values_written=values,
        types=types,
    )


def _built(folder: DataFolder, since: datetime) -> tuple[BuiltTable, ...]:
    """What dbt's results say; those of an earlier run are not this one's."""
    try:
        results = json.loads((folder.cache / "dbt" / "run_results.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    if _time(results["metadata"]["generated_at"]) < since:
        return ()
    found = []
    for result in results["results"]:
        kind, *_, name = result["unique_id"].split(".")
        if kind in {"model", "seed", "snapshot"} and result["timing"]:
            began, ended = (_time(moment) for moment in (result["timing"][0]["started_at"], result["timing"][-1]["completed_at"]))
            found.append(BuiltTable(name, result["status"] == "success", began, ended))
    return tuple(found)


def _warehouse(folder: DataFolder, run_id: str) -> tuple[dict[tuple[str, str], dict[str, str]], int]:
    if not folder.warehouse_database.exists():
        return {}, 0
    types: dict[tuple[str, str], dict[str, str]] = {}
    with duckdb.connect(str(folder.warehouse_database)) as connection:
        columns = "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal order by column_index"
        for schema, table, column, kind in connection.execute(columns).fetchall():
            types.setdefault((schema, table), {})[column.lower()] = kind
        if ("metrics", "metric_values") not in types:
            return types, 0
        (values,) = connection.execute("select count(*) from metrics.metric_values where run_id = ?", [run_id]).fetchone()
    return types, values


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
