"""Blue/green publication: build a new version beside the old ones, verify it, then move one symbolic link."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from metrics_dictionary.ledger.recording import record_history
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.trust import set_trust
from orchestration.lib.access_policy import read_access_policy
from orchestration.lib.publication_checks import PublicationRefusedError, verify_publication
from orchestration.lib.runs import git_commit

KEPT_VERSIONS = 5
VALUES = ("metrics", "metric_values")
BUILDING_PREFIX = ".building-"

# What the loader's ledgers show outside the loading account: no values, no records.
LEDGER_TABLES = {
    "loads": """
        select load_id, source, entity, file, file_sha256, file_bytes, delivered_date, status, reason, detail,
            rows_read, rows_loaded, rows_quarantined, loaded_at, run_id, superseded_by_load_id
        from raw.meta.loads
    """,
    "checks": "select * from raw.meta.checks",
    "runs": "select * from raw.meta.runs",
    "quarantine_summary": """
        select source, entity, rule, column_name, status, count(*) as row_count,
            min(quarantined_at) as first_at, max(quarantined_at) as last_at
        from raw.meta.quarantine
        group by all
    """,
}

# What was loaded since the newest publication: `previous` is attached while the ledger of values is written.
TOUCHES = """
    select touched.source || '/' || touched.entity as table_name, touched.business_date, touched.load_id,
        loads.run_id <> touched.run_id or exists (
            select 1 from raw.meta.loads as replaced where replaced.superseded_by_load_id = touched.load_id
        ) as is_correction
    from raw.meta.touched_dates as touched
    inner join raw.meta.loads as loads on touched.load_id = loads.load_id
    where touched.built_by_run_id not in (select run_id from previous.metrics.runs)
"""


class RollbackError(Exception):
    """A version cannot be shown; the message names the versions that can."""


@dataclass(frozen=True)
class Publication:
    """One published version."""

    version: str
    is_current: bool
    database: Path


def publish(folder: DataFolder, run_id: str) -> Publication:
    """Copy public marts and metrics to a new version, verify it, and show it.

    Raises PublicationRefusedError, leaving the version shown before as it was, when verification finds a fault.
    """
    version = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{run_id[:8]}"
    folder.published.mkdir(parents=True, exist_ok=True)
    remove_unfinished(folder)
    building = folder.published / f"{BUILDING_PREFIX}{version}"
    building.mkdir()
    database = building / folder.warehouse_database.name
    try:
        _build(folder, database, version, run_id)
        verify_publication(folder, database)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _flush_to_disk(database)
    building.rename(folder.published / version)
    show_version(folder, version)
    prune(folder)
    return Publication(version, True, folder.published / version / database.name)


def _build(folder: DataFolder, database: Path, version: str, run_id: str) -> None:
    with contextlib.closing(duckdb.connect(str(database))) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for alias, source in (("warehouse", folder.warehouse_database), ("raw", folder.raw_database)):
            path = str(source).replace("'", "''")
            connection.execute(f"attach '{path}' as {alias} (read_only)")
        connection.execute("create schema marts; create schema metrics")
        tables = connection.execute(
            """
            select schema_name, table_name from duckdb_tables()
            where database_name = 'warehouse' and schema_name in ('marts', 'metrics')
            order by all
            """
        ).fetchall()
        for schema, table in tables:
            if (schema, table) == VALUES:
                continue
            connection.execute(f'create table "{schema}"."{table}" as from warehouse."{schema}"."{table}"')
        for table, query in LEDGER_TABLES.items():
            connection.execute(f"create table metrics.{table} as {query}")
        # This run is recorded as ended only after its version is shown; in that version it has.
        connection.execute(
            "update metrics.runs set status = 'succeeded', ended_at = ?, published_version = ? where run_id = ?",
            [datetime.now(UTC).replace(tzinfo=None), version, run_id],
        )
        connection.execute(
            """
            create table metrics.access_policy
            (role varchar, subjects varchar[], organisation_scope varchar[], may_drill boolean, may_export boolean)
            """
        )
        for role, rule in read_access_policy().items():
            connection.execute(
                "insert into metrics.access_policy values (?, ?, ?, ?, ?)",
                [role, rule.subjects, rule.organisation_scope, rule.may_drill, rule.may_export],
            )
        origin = read_origin(folder)
        connection.execute(
            """
            create table metrics.publication as
            select ? as version, ? as run_id, ?::timestamp as built_at,
                (select max(delivered_date) from raw.meta.loads where status = 'loaded') as as_of_date,
                ?::boolean as is_simulated, ?::varchar as description, ?::varchar as git_commit
            """,
            [version, run_id, datetime.now(UTC).replace(tzinfo=None), origin["simulated"], origin["description"], git_commit()],
        )
        newest = next((p.database for p in reversed(publications(folder))), None)
        record_history(connection, f"warehouse.{'.'.join(VALUES)}", run_id, newest, TOUCHES, folder.operations_database)
        set_trust(connection)
        views = connection.execute(
            """
            select sql from duckdb_views() where database_name = 'warehouse' and schema_name = 'metrics' and not internal order by view_oid
            """
        ).fetchall()
        for (sql,) in views:
            connection.execute(sql.replace("warehouse.", ""))
        for (table,) in connection.execute(
            "select table_name from information_schema.tables where table_catalog = current_database() and table_schema = 'metrics'"
        ).fetchall():
            connection.execute(f'create view main."{table}" as from metrics."{table}"')


def read_origin(folder: DataFolder) -> dict:
    """What `landing/_origin.json` says of the data; without it the data is the user's own, not simulated."""
    origin = {"simulated": False, "description": ""}
    file = folder.landing / "_origin.json"
    if file.exists():
        origin |= json.loads(file.read_text(encoding="utf-8"))
    return origin


def _flush_to_disk(database: Path) -> None:
    for path in (database, database.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def show_version(folder: DataFolder, version: str) -> None:
    """Point `published/current` at a version, in one atomic step."""
    link = folder.published / f"{BUILDING_PREFIX}current"
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.replace(folder.current_publication)


def publications(folder: DataFolder) -> list[Publication]:
    """Every finished version, oldest first."""
    if not folder.published.exists():
        return []
    current = folder.current_publication.resolve() if folder.current_publication.is_symlink() else None
    finished = sorted(p for p in folder.published.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith("."))
    return [Publication(p.name, p == current, p / folder.warehouse_database.name) for p in finished]


def rollback(folder: DataFolder, version: str | None = None) -> Publication:
    """Show an earlier version: the one named, else the one before the current. Raises RollbackError."""
    known = publications(folder)
    names = [p.version for p in known]
    if version is None:
        earlier = [p for p in known if not p.is_current and p.version < next((c.version for c in known if c.is_current), "")]
        if not earlier:
            raise RollbackError(f"there is no version before the one shown in {folder.published}; versions: {', '.join(names) or 'none'}")
        version = earlier[-1].version
    if version not in names:
        raise RollbackError(f"no version '{version}' in {folder.published}; versions: {', '.join(names) or 'none'}")
    show_version(folder, version)
    return next(p for p in publications(folder) if p.version == version)


def prune(folder: DataFolder) -> None:
    """Keep the last versions and the one shown; a reader that still has an older file open keeps it until it closes."""
    for old in publications(folder)[:-KEPT_VERSIONS]:
        if not old.is_current:
            shutil.rmtree(old.database.parent)


def remove_unfinished(folder: DataFolder) -> None:
    """Remove what a killed publication left; never a finished version."""
    for left in folder.published.glob(f"{BUILDING_PREFIX}*"):
        if left.is_symlink() or left.is_file():
            left.unlink()
        else:
            shutil.rmtree(left)


__all__ = ["Publication", "PublicationRefusedError", "RollbackError", "publications", "publish", "rollback", "show_version"]
