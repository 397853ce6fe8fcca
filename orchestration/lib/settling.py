"""What can be settled about a delivery without scanning it: unchanged, repeated, or parked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from orchestration.lib import ledger
from orchestration.lib.contracts import Contract, all_contracts
from orchestration.lib.fingerprint import sha256_of
from orchestration.lib.landing import Control, Delivery, ParkedError, contract_stamp, read_control
from orchestration.lib.ledger import Delivered, LoadResult

Progress = Callable[[str, str], None]


@dataclass
class Candidate:
    """A delivery on its way: its hash, what its control file says, the standing loads it replaces."""

    delivery: Delivery
    sha256: str | None = None
    control: Control | None = None
    replaces: tuple[int, ...] = ()


@dataclass(frozen=True)
class Examined:
    """Deliveries to scan now, deliveries to examine again after those (their content is among them), and settled ones."""

    candidates: list[Candidate]
    deferred: list[Delivery]
    results: list[LoadResult]


def parked_stamp(delivery: Delivery) -> str:
    """The stamp of a parked delivery: it is tried again when its file, its control file or its contract changes."""
    return f"{delivery.stamp}|{contract_stamp(all_contracts().get(delivery.contract_path))}"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _close_parked(connection: duckdb.DuckDBPyConnection, successors: dict[str, int]) -> None:
    """Mark standing parked entries of files (file to load id) as superseded."""
    if successors:
        connection.execute(
            """
            update meta.loads set superseded_by_load_id = n.load_id
            from (select unnest(?::varchar[]) as file, unnest(?::bigint[]) as load_id) as n
            where loads.file = n.file and loads.status = 'parked' and loads.superseded_by_load_id is null
            """,
            [list(successors), list(successors.values())],
        )


def _standing_parked(connection: duckdb.DuckDBPyConnection, files: list[str]) -> dict[tuple, int]:
    """Standing parked entries of files: (file, SHA-256, reason, detail) to load id."""
    rows = connection.execute(
        """
        select file, file_sha256, reason, detail, load_id
        from meta.loads
        where status = 'parked' and superseded_by_load_id is null and file in (select unnest(?::varchar[]))
        """,
        [files],
    ).fetchall()
    return {tuple(key): load_id for *key, load_id in rows}


def park(connection: duckdb.DuckDBPyConnection, parked: Sequence[tuple[Candidate, ParkedError]], run_id: str) -> list[LoadResult]:
    """Write parked deliveries to the ledger: none of their rows is taken, those of a predecessor stay as they are.

    What stands in the ledger already, for the same content and reason, is not written again.
    """
    if not parked:
        return []
    with ledger.transaction(connection):
        standing = _standing_parked(connection, [c.delivery.file for c, _ in parked])
        ids = ledger.next_load_ids(connection, len(parked))
        results: list[LoadResult] = []
        fresh: list[tuple[LoadResult, str | None, int]] = []
        for load_id, (candidate, error) in zip(ids, parked, strict=True):
            delivery = candidate.delivery
            known = standing.get((delivery.file, candidate.sha256, error.reason, str(error)))
            result = ledger.result_of(known or load_id, delivery, "parked", error.reason, str(error))
            results.append(result)
            if known is None:
                fresh.append((result, candidate.sha256, delivery.size_bytes))
        if fresh:
            _close_parked(connection, {result.file: result.load_id for result, _, _ in fresh})
            ledger.write_loads(connection, fresh, _now(), run_id)
        trusted = {c.delivery.file: parked_stamp(c.delivery) for c, _ in parked if c.delivery.is_stamp_trusted}
        ledger.write_stamps(connection, dict.fromkeys((c.delivery.file for c, _ in parked), None) | trusted)
    return results


def _repeated(candidate: Candidate, contract: Contract, standing: Sequence[Delivered], under_way: Sequence[Candidate]) -> Delivered | None:
    """The standing load whose content this delivery repeats without adding anything, or None.

    For an upsert entity the same content delivered again after something else does add something: it restores the
    state. A delivery of no rows repeats nothing: it says that there was nothing on its day.
    """
    day = candidate.delivery.delivered_date
    loaded = [entry for entry in standing if entry.status == "loaded"]
    for entry in (e for e in loaded if e.file_sha256 == candidate.sha256 and e.rows_read > 0):
        if contract.delivery == "append" or entry.delivered_date == day:
            return entry
        deliveries = [(e.file_sha256, e.delivered_date) for e in loaded]
        deliveries += [(c.sha256, c.delivery.delivered_date) for c in under_way]
        if entry.delivered_date < day and not any(
            sha256 != entry.file_sha256 and entry.delivered_date <= other <= day for sha256, other in deliveries
        ):
            return entry
    return None


def _fingerprint(delivery: Delivery, standing: Sequence[Delivered]) -> Candidate:
    """The candidate of a delivery; `standing` are entries of its own path. Raises ParkedError when it is at fault."""
    if delivery.fault:
        raise ParkedError(*delivery.fault)
    control = read_control(delivery)
    sha256 = sha256_of(delivery.path)
    if control and control.sha256 not in (None, sha256):
        raise ParkedError(
            "control_mismatch_sha256",
            f"{delivery.file} has SHA-256 {sha256}, its control file says {control.sha256}. Deliver it again.",
        )
    return Candidate(delivery, sha256, control, tuple(entry.load_id for entry in standing))


def _write_unchanged(connection: duckdb.DuckDBPyConnection, repeated: Sequence[tuple[Candidate, str]], run_id: str) -> list[LoadResult]:
    """Write deliveries that repeat another file's content to the ledger."""
    if not repeated:
        return []
    ids = ledger.next_load_ids(connection, len(repeated))
    rows = [
        (ledger.result_of(i, c.delivery, "unchanged", "repeated_delivery", why), c.sha256, c.delivery.size_bytes)
        for i, (c, why) in zip(ids, repeated, strict=True)
    ]
    _close_parked(connection, {c.delivery.file: i for i, (c, _) in zip(ids, repeated, strict=True)})
    ledger.write_loads(connection, rows, _now(), run_id)
    return [row[0] for row in rows]


def examine(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    deliveries: Iterable[Delivery],
    run_id: str,
    progress: Progress,
    *,
    defer_repeated: bool,
) -> Examined:
    """Hash the deliveries of one entity and settle those that need no scan.

    With `defer_repeated`, of files with the same content only the first is a candidate; the others are examined again
    once it is known whether the first could be loaded.
    """
    standing = ledger.active_loads(connection, contract)
    standing_by_file: dict[str, list[Delivered]] = defaultdict(list)
    for entry in standing:
        standing_by_file[entry.file].append(entry)
    candidates: list[Candidate] = []
    under_way: set[str | None] = set()
    deferred: list[Delivery] = []
    parked: list[tuple[Candidate, ParkedError]] = []
    repeated: list[tuple[Candidate, str]] = []
    results: list[LoadResult] = []
    stamps: dict[str, str | None] = {}
    recovered: dict[str, int] = {}
    for delivery in deliveries:
        try:
            candidate = _fingerprint(delivery, standing_by_file[delivery.file])
        except FileNotFoundError:
            continue
        except ParkedError as error:
            parked.append((Candidate(delivery), error))
            continue
        progress("hashed", delivery.file)
        stamp = delivery.stamp if delivery.is_stamp_trusted else None
        same_file = [e for e in standing_by_file[delivery.file] if e.status != "parked"]
        if same_file and same_file[-1].file_sha256 == candidate.sha256:
            stamps[delivery.file] = stamp
            recovered[delivery.file] = same_file[-1].load_id
            results.append(ledger.result_of(same_file[-1].load_id, delivery, "unchanged", None, None))
        elif not same_file and (twin := _repeated(candidate, contract, standing, candidates)):
            stamps[delivery.file] = stamp
            repeated.append((candidate, f"same content as {twin.file}, loaded before"))
        elif defer_repeated and candidate.sha256 in under_way:
            deferred.append(delivery)
        else:
            under_way.add(candidate.sha256)
            candidates.append(candidate)
    results += park(connection, parked, run_id)
    with ledger.transaction(connection):
        results += _write_unchanged(connection, repeated, run_id)
        _close_parked(connection, recovered)
        ledger.write_stamps(connection, stamps)
    return Examined(candidates, deferred, results)
