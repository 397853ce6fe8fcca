"""Loading: deliveries of the landing zone go to raw, rows that break the contract to quarantine, a batch or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from metrics_dictionary.locations import DataFolder
from orchestration.lib import ledger, quarantine
from orchestration.lib.batches import Batch, BatchFile, DeliveryChangedError, load_batch
from orchestration.lib.contracts import Contract, all_contracts
from orchestration.lib.fingerprint import text_facts
from orchestration.lib.landing import Delivery, ParkedError, list_deliveries
from orchestration.lib.ledger import LoadResult
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.settling import Candidate, Progress, examine, park, parked_stamp
from orchestration.lib.structure import Structure, read_structures

BATCH_BYTES = 2 * 1024**3


def _silent(stage: str, subject: str) -> None:
    """The default progress: none."""


def pending_deliveries(connection: duckdb.DuckDBPyConnection, folder: DataFolder, below: str = "") -> list[Delivery]:
    """Deliveries not looked at yet, or changed since; cheap: nothing is read, only looked up by stamp.

    A parked delivery is pending again when its control file or its contract has changed.
    """
    known = ledger.known_stamps(connection)
    return [d for d in list_deliveries(folder, below) if known.get(d.file) not in (d.stamp, parked_stamp(d))]


def pending_dates(pending: Iterable[Delivery]) -> list[date]:
    """The delivery dates of what is pending, in order. Files whose path names no date are not among them."""
    return sorted({d.delivered_date for d in pending if d.delivered_date is not None})


def waiting_entities(connection: duckdb.DuckDBPyConnection, pending: Iterable[Delivery]) -> set[str]:
    """The entities, `source/entity`, that have a delivery among `pending` or a quarantined row that waits for its parent."""
    waiting = connection.execute(
        "select distinct source || '/' || entity from meta.quarantine where status = 'open' and rule = 'unknown_reference'"
    )
    return {d.contract_path for d in pending} | {path for (path,) in waiting.fetchall()}


def unfinished_entities(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """What a run that was killed has left: entities loaded and not checked since, or with rows that wait for a parent that has come."""
    unbuilt = _unbuilt(connection)
    arrived = {path for path in waiting_entities(connection, []) if _parents_of(all_contracts()[path]) & unbuilt}
    return set(unchecked_runs(connection)) | arrived


def unchecked_runs(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The entities with deliveries that no check has seen since they were loaded, and the runs that loaded them."""
    rows = connection.execute(
        """
        with checked as (
            select table_name, max(checked_at) as checked_at from meta.checks where layer = 'delivery' group by all
        )
        select loads.source || '/' || loads.entity as path, list(distinct loads.run_id)
        from meta.loads
        left join checked on checked.table_name = loads.source || '/' || loads.entity
        where loads.status = 'loaded' and loads.superseded_by_load_id is null
            and (checked.checked_at is null or loads.loaded_at > checked.checked_at)
        group by path
        """
    )
    return dict(rows.fetchall())


def _is_unclaimed(delivery: Delivery) -> bool:
    """Whether no contract and day claims a file, so that no load of an entity and day will meet it."""
    return delivery.fault is not None and (delivery.delivered_date is None or delivery.contract_path not in all_contracts())


def park_unclaimed(
    connection: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, *, pending: Sequence[Delivery] | None = None
) -> list[LoadResult]:
    """Park the files of the landing zone that no contract and day claims, each with its reason."""
    found = pending_deliveries(connection, folder) if pending is None else pending
    return park(connection, [(Candidate(d), ParkedError(*d.fault)) for d in found if d.fault and _is_unclaimed(d)], run_id)


def _batches(
    candidates: Sequence[Candidate], structures: dict[str, Structure | ParkedError]
) -> tuple[list[Batch], list[tuple[Candidate, ParkedError]]]:
    """Candidates of equal structure together, cut where a batch would grow beyond BATCH_BYTES; and those to park."""
    groups: dict[Structure, list[list[BatchFile]]] = defaultdict(lambda: [[]])
    parked = []
    for candidate in candidates:
        structure = structures[candidate.delivery.file]
        if isinstance(structure, ParkedError):
            parked.append((candidate, structure))
            continue
        try:
            facts = text_facts(candidate.delivery.path, structure.is_compressed) if structure.is_text else None
        except ParkedError as error:
            parked.append((candidate, error))
            continue
        pieces = groups[structure]
        size = sum(file.delivery.size_bytes for file in pieces[-1]) + candidate.delivery.size_bytes
        if size > BATCH_BYTES and pieces[-1]:
            pieces.append([])
        expected = candidate.control.rows if candidate.control else None
        pieces[-1].append(BatchFile(candidate.delivery, candidate.sha256 or "", expected, candidate.replaces, facts))
    return [Batch(structure, tuple(piece)) for structure, pieces in groups.items() for piece in pieces], parked


def _load_or_split(
    connection: duckdb.DuckDBPyConnection, contract: Contract, batch: Batch, run_id: str, progress: Progress
) -> list[LoadResult]:
    """Load a batch; when one of its files stops it, halve it until that file is alone, and park that file."""
    try:
        return load_batch(connection, contract, batch, run_id, progress)
    except DeliveryChangedError as error:
        rest = tuple(f for f in batch.files if f.delivery.file not in error.files)
        return _load_or_split(connection, contract, replace(batch, files=rest), run_id, progress) if rest else []
    except ParkedError as error:
        if len(batch.files) == 1:
            file = batch.files[0]
            return park(connection, [(Candidate(file.delivery, file.sha256), error)], run_id)
        middle = len(batch.files) // 2
        halves = [replace(batch, files=half) for half in (batch.files[:middle], batch.files[middle:])]
        return [r for half in halves for r in _load_or_split(connection, contract, half, run_id, progress)]


def _load_round(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    deliveries: Sequence[Delivery],
    run_id: str,
    progress: Progress,
    *,
    defer_repeated: bool,
) -> tuple[list[LoadResult], list[Delivery]]:
    """Load deliveries; returns the results and the deliveries that were put off because they repeat one of this round."""
    examined = examine(connection, contract, deliveries, run_id, progress, defer_repeated=defer_repeated)
    results = list(examined.results)
    structures = read_structures(connection, contract, [c.delivery for c in examined.candidates])
    batches, parked = _batches(examined.candidates, structures)
    results += park(connection, parked, run_id)
    for batch in batches:
        results += _load_or_split(connection, contract, batch, run_id, progress)
    return results, examined.deferred


def load_entity(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    folder: DataFolder,
    run_id: str,
    delivered_dates: Iterable[date] | None = None,
    *,
    progress: Progress = _silent,
    pending: Sequence[Delivery] | None = None,
) -> list[LoadResult]:
    """Load what is pending of one entity, optionally of certain delivery dates only."""
    wanted = set(delivered_dates) if delivered_dates is not None else None
    deliveries = [
        d
        for d in (pending_deliveries(connection, folder, contract.path) if pending is None else pending)
        if d.contract_path == contract.path and not _is_unclaimed(d) and (wanted is None or d.delivered_date in wanted)
    ]
    if not deliveries:
        return []
    results, deferred = _load_round(connection, contract, deliveries, run_id, progress, defer_repeated=True)
    if deferred:
        results += _load_round(connection, contract, deferred, run_id, progress, defer_repeated=False)[0]
    return results


def _parents_of(contract: Contract) -> set[str]:
    return {"/".join(c.reference[:2]) for c in contract.columns.values() if c.reference}


def _unbuilt(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The entities of which something came that no finished build has taken in."""
    rows = connection.execute("select distinct source || '/' || entity from meta.touched_dates where built_by_run_id is null")
    return {path for (path,) in rows.fetchall()}


def load_and_replay(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    folder: DataFolder,
    run_id: str,
    delivered_dates: Iterable[date] | None = None,
    *,
    progress: Progress = _silent,
    pending: Sequence[Delivery] | None = None,
) -> list[LoadResult]:
    """Load one entity, then replay its quarantined rows whose parents came since the last build. Parents are loaded before.

    Touched dates say what came: every row that enters raw writes some, replayed rows of earlier loads too. Not this run's alone: a run
    that was killed after a parent came has left the rows that waited for it.
    """
    results = load_entity(connection, contract, folder, run_id, delivered_dates, progress=progress, pending=pending)
    if _parents_of(contract) & _unbuilt(connection):
        replayed = quarantine.replay(connection, contract, run_id, rule="unknown_reference")
        if replayed.rows_loaded:
            progress("replayed", f"{contract.path}: {replayed.rows_loaded} row(s)")
    return results


def load_pending(
    folder: DataFolder,
    run_id: str,
    *,
    entities: Iterable[str] | None = None,
    delivered_dates: Iterable[date] | None = None,
    progress: Progress | None = None,
) -> list[LoadResult]:
    """Load everything that is pending, referenced entities first, and replay what waited for a parent that has now come.

    `entities` are `source/entity` names. The caller holds the pipeline lock. Raises ValueError for an unknown entity,
    duckdb.Error when the database cannot be written; what was committed before stays, and the next call continues there.
    """
    say = progress or _silent
    contracts = all_contracts()
    chosen = set(entities) if entities is not None else set(contracts)
    if strange := chosen - set(contracts):
        raise ValueError(f"no contract describes {', '.join(sorted(strange))}. `zhicang contracts list` shows those there are.")
    dates = list(delivered_dates) if delivered_dates is not None else None
    connection = open_raw_database(folder)
    try:
        pending = pending_deliveries(connection, folder)
        say("listed", f"{len(pending)} deliveries")
        results: list[LoadResult] = []
        if entities is None and dates is None:
            results += park_unclaimed(connection, folder, run_id, pending=pending)
        for path, contract in contracts.items():
            if path in chosen:
                results += load_and_replay(connection, contract, folder, run_id, dates, progress=say, pending=pending)
        return results
    finally:
        connection.close()
