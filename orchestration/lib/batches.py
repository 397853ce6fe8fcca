"""One batch: files of one entity and structure, loaded together in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from orchestration.lib import ledger
from orchestration.lib.contracts import Contract
from orchestration.lib.fingerprint import TextFacts
from orchestration.lib.landing import Delivery, ParkedError, stamp_of
from orchestration.lib.ledger import LoadResult
from orchestration.lib.references import remove_unacceptable
from orchestration.lib.row_rules import Check, quoted, row_checks
from orchestration.lib.scans import Scan, direct_text_scan, parquet_scan, stored_text_scan
from orchestration.lib.statements import bad_rows, insert_statement, write_quarantine
from orchestration.lib.structure import Structure


class DeliveryChangedError(Exception):
    """Files changed while they were read: they are still being written and are left for the next run."""

    def __init__(self, files: set[str]) -> None:
        super().__init__(f"{', '.join(sorted(files))} changed while being read; left for the next run.")
        self.files = files


@dataclass(frozen=True)
class BatchFile:
    """A file of a batch: hash, records promised by its control file, standing loads it replaces, facts of its text."""

    delivery: Delivery
    sha256: str
    expected_rows: int | None
    replaces: tuple[int, ...]
    facts: TextFacts | None

    def expected_records(self, structure: Structure) -> int:
        """Records of a text file if every line is one; 0 for parquet."""
        header = 0 if structure.file_format == "jsonl" else 1
        return self.facts.line_count - header if self.facts else 0

    def is_counted(self, structure: Structure) -> bool:
        """Whether every line of a text file must be a record: there are no blank lines, and no line breaks inside quotes."""
        is_one_line_each = structure.file_format == "jsonl" or (self.facts is not None and not self.facts.has_quotes)
        return self.facts is not None and is_one_line_each and not self.facts.has_blank_lines


@dataclass(frozen=True)
class Batch:
    """Files with one structure."""

    structure: Structure
    files: tuple[BatchFile, ...]


def _counts(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list | None = None) -> dict[int, int]:
    return dict(connection.execute(sql, parameters or []).fetchall())


def quarantined(connection: duckdb.DuckDBPyConnection, load_ids: list[int]) -> dict[int, int]:
    """Rows in quarantine by load id."""
    return _counts(connection, "select load_id, count(*) from meta.quarantine where load_id in (select unnest(?)) group by all", [load_ids])


def _list_files(connection: duckdb.DuckDBPyConnection, batch: Batch, ids: list[int]) -> None:
    """Make the temp table zc_files; its first_record is the number of records in the files before."""
    connection.execute(
        "create or replace temp table zc_files (path varchar, load_id bigint, file varchar, file_sha256 varchar,"
        " delivered_date date, first_record bigint)"
    )
    first, starts = 0, []
    for file in batch.files:
        starts.append(first)
        first += file.expected_records(batch.structure)
    connection.execute(
        "insert into zc_files select unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::varchar[]),"
        " unnest(?::varchar[]), unnest(?::date[]), unnest(?::bigint[])",
        [
            [str(f.delivery.path) for f in batch.files],
            ids,
            [f.delivery.file for f in batch.files],
            [f.sha256 for f in batch.files],
            [f.delivery.delivered_date for f in batch.files],
            starts,
        ],
    )


class _Loading:
    """The steps of one batch inside its transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, contract: Contract, batch: Batch, run_id: str) -> None:
        self.connection, self.contract, self.batch, self.run_id = connection, contract, batch, run_id
        self.at = ledger.next_loaded_at(connection)
        self.ids = ledger.next_load_ids(connection, len(batch.files))
        self.paths = [str(f.delivery.path) for f in batch.files]
        self.table = f"{quoted(contract.source)}.{quoted(contract.entity)}"

    def insert(self, scan: Scan) -> list[Check]:
        checks = row_checks(self.contract, scan.delivered, scan.leading)
        self.connection.execute(insert_statement(self.contract, scan, checks), {"at": self.at, "run": self.run_id})
        return checks

    def loaded(self) -> dict[int, int]:
        return _counts(self.connection, f"select _load_id, count(*) from {self.table} where _loaded_at = ? group by all", [self.at])

    def parquet(self) -> tuple[dict[int, int], dict[int, int]]:
        """(rows read, rows loaded) by load id, for parquet: the footers say how many rows there are."""
        read = _counts(
            self.connection,
            "select f.load_id, m.num_rows from parquet_file_metadata(?) as m inner join zc_files as f on f.path = m.file_name",
            [self.paths],
        )
        scan = parquet_scan(self.batch.structure, self.paths)
        checks = self.insert(scan)
        removed = remove_unacceptable(self.connection, self.contract, self.at)
        loaded = self.loaded()
        if removed or sum(loaded.values()) < sum(read.values()):
            write_quarantine(self.connection, self.contract, bad_rows(scan, checks), self.at, self.run_id)
        return read, loaded

    def text(self) -> tuple[dict[int, int], dict[int, int]]:
        """(rows read, rows loaded) by load id, for text.

        Lines are counted beforehand. When they are all accounted for by one scan, or by a second one that finds the bad
        rows, that is all; otherwise some lines are not csv, and the files go through a temp table.
        """
        lines = {i: f.expected_records(self.batch.structure) for i, f in zip(self.ids, self.batch.files, strict=True)}
        scan = direct_text_scan(self.contract, self.batch.structure, self.paths)
        checks = self.insert(scan)
        is_short = self.loaded() != {load_id: count for load_id, count in lines.items() if count}
        if not is_short and not remove_unacceptable(self.connection, self.contract, self.at):
            return lines, lines
        if all(f.is_counted(self.batch.structure) for f in self.batch.files):
            if is_short:
                remove_unacceptable(self.connection, self.contract, self.at)
            write_quarantine(self.connection, self.contract, bad_rows(scan, checks), self.at, self.run_id)
            loaded, held = self.loaded(), quarantined(self.connection, self.ids)
            if all(loaded.get(i, 0) + held.get(i, 0) == count for i, count in lines.items()):
                return lines, loaded
            self.connection.execute("delete from meta.quarantine where load_id in (select unnest(?))", [self.ids])
        self.connection.execute(f"delete from {self.table} where _loaded_at = ?", [self.at])
        scan = stored_text_scan(self.connection, self.contract, self.batch.structure, self.paths)
        checks = self.insert(scan)
        remove_unacceptable(self.connection, self.contract, self.at)
        rejects = (
            "select r.load_id, f.file, f.file_sha256, r.row_number, r.rule, r.column_name, null as value_text, r.record"
            " from zc_rejects as r inner join zc_files as f on f.load_id = r.load_id"
        )
        write_quarantine(self.connection, self.contract, f"{bad_rows(scan, checks)} union all {rejects}", self.at, self.run_id)
        read = _counts(
            self.connection,
            f"select load_id, count(*) from (select _load_id as load_id from ({scan.relation})"
            " union all select load_id from zc_rejects) group by all",
        )
        for load_id, file in zip(self.ids, self.batch.files, strict=True):
            if file.is_counted(self.batch.structure) and read.get(load_id, 0) != lines[load_id]:
                raise ParkedError(
                    "unreadable_file",
                    f"{file.delivery.path.name} has {lines[load_id]} lines of data, but {read.get(load_id, 0)} could be"
                    " told apart. Check its line ends and quotes, and deliver it again.",
                )
        return read, self.loaded()


def _check_unchanged(batch: Batch) -> None:
    changed = set()
    for file in batch.files:
        try:
            if stamp_of(file.delivery.path)[0] != file.delivery.stamp:
                changed.add(file.delivery.file)
        except OSError:
            changed.add(file.delivery.file)
    if changed:
        raise DeliveryChangedError(changed)


def _results(batch: Batch, contract: Contract, ids: list[int], read: dict[int, int], loaded: dict[int, int]) -> list[LoadResult]:
    results = []
    for load_id, file in zip(ids, batch.files, strict=True):
        rows_read, rows_loaded = read.get(load_id, 0), loaded.get(load_id, 0)
        if file.expected_rows not in (None, rows_read):
            raise ParkedError(
                "control_mismatch_rows",
                f"{file.delivery.file} has {rows_read} records, its control file says {file.expected_rows}. Deliver it again.",
            )
        delivery = file.delivery
        results.append(
            LoadResult(
                load_id,
                contract.source,
                contract.entity,
                delivery.file,
                delivery.delivered_date,
                "loaded",
                None,
                batch.structure.notes(contract),
                rows_read,
                rows_loaded,
                rows_read - rows_loaded,
            )
        )
    return results


def _is_readable(connection: duckdb.DuckDBPyConnection, batch: Batch) -> bool:
    """Whether the files of a batch can be read from beginning to end: if so, a failure lay elsewhere."""
    reader = "read_parquet(?)" if not batch.structure.is_text else "read_blob(?)"
    try:
        for file in batch.files:
            connection.execute(f"select count(*), max(hash(t)) from {reader} as t", [str(file.delivery.path)]).fetchall()
    except duckdb.OutOfMemoryException:
        return True
    except duckdb.Error:
        return False
    return True


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    batch: Batch,
    run_id: str,
    progress: Callable[[str, str], None],
) -> list[LoadResult]:
    """Load a batch in one transaction: rows, quarantine, ledger, touched dates, and the removal of what it replaces.

    Raises ParkedError when a file cannot be taken (the caller halves the batch to find it), DeliveryChangedError when a
    file changed meanwhile, duckdb.Error when the database could not be written.
    """
    subject = f"{contract.path}: {len(batch.files)} file(s)"
    # rows of parquet carry their number, so their order on disk is free; lines of text are numbered as they come
    connection.execute(f"set preserve_insertion_order = {batch.structure.is_text}")
    try:
        with ledger.transaction(connection):
            step = _Loading(connection, contract, batch, run_id)
            _list_files(connection, batch, step.ids)
            replaced = {old: new for new, file in zip(step.ids, batch.files, strict=True) for old in file.replaces}
            ledger.supersede(connection, contract, replaced, run_id)
            progress("superseded", subject)
            read, loaded = step.text() if batch.structure.is_text else step.parquet()
            progress("inserted", subject)
            results = _results(batch, contract, step.ids, read, loaded)
            held = quarantined(connection, step.ids)
            for result in results:
                if result.rows_quarantined != held.get(result.load_id, 0):
                    raise RuntimeError(
                        f"{result.file}: {result.rows_read} rows read, {result.rows_loaded} loaded, but"
                        f" {held.get(result.load_id, 0)} quarantined."
                        " Nothing was loaded; report this file as a fault of the loader."
                    )
            ledger.write_touched_dates(connection, contract, step.at, run_id)
            facts = [(result, f.sha256, f.delivery.size_bytes) for result, f in zip(results, batch.files, strict=True)]
            ledger.write_loads(connection, facts, step.at, run_id)
            ledger.write_stamps(
                connection,
                {f.delivery.file: f.delivery.stamp if f.delivery.is_stamp_trusted else None for f in batch.files},
            )
            _check_unchanged(batch)
            progress("before_commit", subject)
    except duckdb.Error as error:
        is_csv_fault = batch.structure.is_text and isinstance(error, duckdb.InvalidInputException)
        if isinstance(error, duckdb.OutOfMemoryException | duckdb.FatalException):
            raise
        if not is_csv_fault and _is_readable(connection, batch):
            raise
        what = "Check its line ends and quotes, and deliver it again." if batch.structure.is_text else "Deliver it again."
        reason = str(error).splitlines()[0].rstrip(".")
        raise ParkedError("unreadable_file", f"{batch.files[0].delivery.path.name}: {reason}. {what}") from error
    progress("committed", subject)
    return results
