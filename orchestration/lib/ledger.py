"""What loading writes about itself: the ledger of files, stamps of files already looked at, touched dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import duckdb

from orchestration.lib.contracts import Contract
from orchestration.lib.landing import Delivery
from orchestration.lib.row_rules import quoted


@dataclass(frozen=True)
class LoadResult:
    """What became of one delivery; rows_read = rows_loaded + rows_quarantined. `status`: loaded, unchanged, parked."""

    load_id: int
    source: str | None
    entity: str | None
    file: str
    delivered_date: date | None
    status: str
    reason: str | None
    detail: str | None
    rows_read: int
    rows_loaded: int
    rows_quarantined: int


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All statements inside, or none."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException as error:
        try:
            connection.execute("rollback")
        except duckdb.Error as second:
            error.add_note(f"and the transaction could not be rolled back: {second}")
        raise
    connection.execute("commit")


def next_load_ids(connection: duckdb.DuckDBPyConnection, count: int) -> list[int]:
    """New ids in ascending order."""
    rows = connection.execute("select nextval('meta.load_ids') from range(?)", [count]).fetchall()
    return sorted(row[0] for row in rows)


def next_loaded_at(connection: duckdb.DuckDBPyConnection) -> datetime:
    """A time later than every earlier batch: it identifies the rows of a batch."""
    latest = connection.execute(
        "select greatest((select max(loaded_at) from meta.loads), (select max(replayed_at) from meta.quarantine))"
    ).fetchone()[0]
    now = datetime.now(UTC).replace(tzinfo=None)
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def known_stamps(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """File to the stamp it had when it was last looked at."""
    return dict(connection.execute("select file, stamp from meta.file_stamps").fetchall())


def write_stamps(connection: duckdb.DuckDBPyConnection, stamps: dict[str, str | None]) -> None:
    """Remember or, where the stamp is None, forget the stamps of files."""
    if not stamps:
        return
    connection.execute("delete from meta.file_stamps where file in (select unnest(?::varchar[]))", [list(stamps)])
    kept = {file: stamp for file, stamp in stamps.items() if stamp}
    if kept:
        connection.execute(
            "insert into meta.file_stamps select unnest(?::varchar[]), unnest(?::varchar[])",
            [list(kept), list(kept.values())],
        )


def write_loads(
    connection: duckdb.DuckDBPyConnection,
    results: Sequence[tuple[LoadResult, str | None, int]],
    loaded_at: datetime,
    run_id: str,
) -> None:
    """Append results, each with (file_sha256, file_bytes), to the ledger."""
    rows = [
        [
            r.load_id, r.source, r.entity, r.file, sha, size, r.delivered_date, r.status, r.reason, r.detail,
            r.rows_read, r.rows_loaded, r.rows_quarantined,
        ]
        for r, sha, size in results
    ]  # fmt: skip
    kinds = ["bigint", *["varchar"] * 4, "bigint", "date", *["varchar"] * 3, *["bigint"] * 3]
    columns = [list(column) for column in zip(*rows, strict=True)]
    unnested = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
    connection.execute(f"insert into meta.loads select {unnested}, ?::timestamp, ?::varchar, null", [*columns, loaded_at, run_id])


def supersede(connection: duckdb.DuckDBPyConnection, contract: Contract, old_loads: dict[int, int], run_id: str) -> None:
    """Take the rows of predecessors (old load id to new load id) out of raw and record the dates they touched."""
    if not old_loads:
        return
    table = f"{quoted(contract.source)}.{quoted(contract.entity)}"
    pairs = [list(old_loads), list(old_loads.values())]
    connection.execute(
        "create or replace temp table zc_old as select unnest(?::bigint[]) as old_id, unnest(?::bigint[]) as new_id",
        pairs,
    )
    for column in contract.touching_columns:
        connection.execute(
            f"""
            insert into meta.touched_dates
            select distinct o.new_id, ?, ?, t.{quoted(column)}, ?, null
            from {table} as t inner join zc_old as o on o.old_id = t._load_id
            where t.{quoted(column)} is not null
            """,
            [contract.source, contract.entity, run_id],
        )
    connection.execute(f"delete from {table} where _load_id in (select old_id from zc_old)")
    connection.execute(
        "update meta.quarantine set status = 'superseded' where status <> 'replayed' and load_id in (select old_id from zc_old)"
    )
    connection.execute("update meta.loads set superseded_by_load_id = o.new_id from zc_old as o where loads.load_id = o.old_id")


def write_touched_dates(connection: duckdb.DuckDBPyConnection, contract: Contract, loaded_at: datetime, run_id: str) -> None:
    """Record the dates of the rows loaded at `loaded_at`, and, for upsert entities, of the versions they replace."""
    table = f"{quoted(contract.source)}.{quoted(contract.entity)}"
    for column in map(quoted, contract.touching_columns):
        replaced = ""
        if contract.delivery == "upsert":
            same_key = " and ".join(f"old.{quoted(k)} = new.{quoted(k)}" for k in contract.key)
            replaced = f"""
            union
            select new._load_id, old.{column}
            from {table} as new inner join {table} as old on {same_key} and old._loaded_at < $at
            where new._loaded_at = $at and old.{column} is not null"""
        connection.execute(
            f"""
            insert into meta.touched_dates
            select load_id, $source, $entity, touched_date, $run, null
            from (
                select distinct _load_id as load_id, {column} as touched_date
                from {table} where _loaded_at = $at and {column} is not null {replaced}
            )
            """,
            {"at": loaded_at, "source": contract.source, "entity": contract.entity, "run": run_id},
        )


def active_loads(connection: duckdb.DuckDBPyConnection, contract: Contract) -> list[Delivered]:
    """Entries of an entity that stand, that is, are not superseded, oldest first."""
    rows = connection.execute(
        """
        select load_id, file, file_sha256, delivered_date, status, rows_read
        from meta.loads
        where source = ? and entity = ? and superseded_by_load_id is null
        order by delivered_date, load_id
        """,
        [contract.source, contract.entity],
    ).fetchall()
    return [Delivered(*row) for row in rows]


@dataclass(frozen=True)
class Delivered:
    """A standing entry of the ledger."""

    load_id: int
    file: str
    file_sha256: str | None
    delivered_date: date | None
    status: str
    rows_read: int


def result_of(load_id: int, delivery: Delivery, status: str, reason: str | None, detail: str | None) -> LoadResult:
    """A result without rows."""
    return LoadResult(
        load_id,
        delivery.source,
        delivery.entity,
        delivery.file,
        delivery.delivered_date,
        status,
        reason,
        detail,
        0,
        0,
        0,
    )
