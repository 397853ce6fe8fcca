"""What the data folder holds: which version built the warehouse, which deliveries came after, and what was published from which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.locks import PipelineBusyError, pipeline_lock

RAW, BUILT, PUBLISHED = "raw", "built", "published"
"""Aliases under which the data folder's databases are attached, all read-only. Compiled SQL names `raw`."""

# A replay from quarantine adds rows to a load that was built before: its dates are touched anew.
UNBUILT = """
    select load_id from raw.meta.touched_dates where built_by_run_id is null
    union
    select load_id from raw.meta.loads
    where load_id not in (select load_id from raw.meta.touched_dates)
        and load_id > (select coalesce(max(load_id), 0) from raw.meta.touched_dates where built_by_run_id is not null)
"""
UNPUBLISHED = """
    select load_id from raw.meta.touched_dates
    where built_by_run_id is null or built_by_run_id not in (select run_id from published.metrics.runs)
    union
    select load_id from raw.meta.loads where load_id not in (select load_id from published.metrics.loads)
"""
LOADS = """
    select load_id, source || '/' || entity, file, rows_loaded, delivered_date
    from raw.meta.loads where status = 'loaded' and load_id in ({chosen}) order by load_id
"""


@dataclass(frozen=True)
class Load:
    """A delivered file that was loaded."""

    load_id: int
    delivery: str
    file: str
    rows_loaded: int
    delivered_date: date


@dataclass(frozen=True)
class Publication:
    """A kept publication that the base version made: what readers saw before."""

    version: str
    database: Path


@dataclass(frozen=True)
class Warehouse:
    """What lies in the data folder.

    `built_hash` is the hash of the project that built the warehouse, None when the last build did not end well; `unbuilt` are loads it
    has not taken in. `published` is None where no kept publication was made by the base version, and then `unpublished` (loads that
    came after it) is empty.
    """

    folder: DataFolder
    built_hash: str | None
    values_run_id: str | None
    as_of_date: date | None
    unbuilt: tuple[Load, ...]
    published: Publication | None
    unpublished: tuple[Load, ...]

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Attach the folder's databases to a connection, read-only."""
        connection.execute("set TimeZone = 'UTC'")
        _attach(connection, self.folder.raw_database, RAW)
        _attach(connection, self.folder.warehouse_database, BUILT)
        if self.published:
            _attach(connection, self.published.database, PUBLISHED)


@contextmanager
def open_warehouse(folder: DataFolder, base_hash: str, publication: str | None = None) -> Iterator[Warehouse]:
    """Look at a data folder, and keep the pipeline from writing to it until the end.

    `publication` names the kept version that shows what was known before; by default the newest one that the project with hash
    `base_hash` made. Raises MetricsError when there is no warehouse, when a pipeline is writing, or when there is no such publication.
    """
    for database in (folder.raw_database, folder.warehouse_database):
        if not database.exists():
            raise MetricsError(f"no warehouse at {database}; run 'make warehouse' first, or set ZHICANG_DATA to the folder that has one")
    try:
        with pipeline_lock(folder, "metrics impact"):
            yield _look(folder, base_hash, publication)
    except PipelineBusyError as error:
        raise MetricsError(str(error)) from error


def _look(folder: DataFolder, base_hash: str, publication: str | None) -> Warehouse:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        _attach(connection, folder.raw_database, RAW)
        _attach(connection, folder.warehouse_database, BUILT)
        (as_of_date,) = connection.execute("select max(delivered_date) from raw.meta.loads where status = 'loaded'").fetchone()
        newest = connection.execute("select run_id, project_hash from raw.meta.runs order by started_at desc limit 1").fetchone()
        run_id, built_hash = newest or (None, None)
        published = _published_before(connection, folder, base_hash, publication)
        return Warehouse(
            folder,
            built_hash,
            run_id if built_hash and _values_are_of(connection, run_id) else None,
            as_of_date,
            _loads(connection, UNBUILT),
            published,
            _loads(connection, UNPUBLISHED) if published else (),
        )


def _values_are_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> bool:
    there = "database_name = 'built' and schema_name = 'metrics' and table_name = 'metric_values'"
    if not connection.execute(f"select 1 from duckdb_tables() where {there}").fetchone():
        return False
    return connection.execute("select distinct run_id from built.metrics.metric_values").fetchall() == [(run_id,)]


def _published_before(connection: duckdb.DuckDBPyConnection, folder: DataFolder, base_hash: str, wanted: str | None) -> Publication | None:
    kept = {}
    if folder.published.exists():
        kept = {p.name: p for p in folder.published.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith(".")}
    if wanted and wanted not in kept:
        raise MetricsError(unknown_name("publication", wanted, kept))
    for name in [wanted] if wanted else sorted(kept, reverse=True):
        database = kept[name] / folder.warehouse_database.name
        _attach(connection, database, PUBLISHED)
        made_by = connection.execute(
            "select project_hash from published.metrics.runs where run_id = (select run_id from published.metrics.publication)"
        ).fetchone()
        if wanted or made_by == (base_hash,):
            return Publication(name, database)
        connection.execute(f"detach {PUBLISHED}")
    return None


def _loads(connection: duckdb.DuckDBPyConnection, chosen: str) -> tuple[Load, ...]:
    return tuple(Load(*row) for row in connection.execute(LOADS.format(chosen=chosen)).fetchall())


def _attach(connection: duckdb.DuckDBPyConnection, database: Path, alias: str) -> None:
    path = str(database.resolve()).replace("'", "''")
    try:
        connection.execute(f"attach '{path}' as {alias} (read_only)")
    except duckdb.Error as error:
        raise MetricsError(f"{database} cannot be read: {str(error).splitlines()[0]}") from error
