"""Rows that broke their contract: list them, export them, and load them once the cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.lib import ledger
from orchestration.lib.contracts import Contract
from orchestration.lib.references import remove_unacceptable
from orchestration.lib.row_rules import literal, quoted, row_checks
from orchestration.lib.scans import json_scan
from orchestration.lib.statements import bad_rows, insert_statement

LISTED = "quarantine_id, load_id, source, entity, file, row_number, rule, column_name, value_text, status, quarantined_at, record"
# Spreadsheets run a cell that begins like this; an apostrophe keeps it text, and is taken off on the way back.
_RISKY = "^[=+\\-@\\t\\r]"


class CorrectionFileError(Exception):
    """A file of corrected records that cannot be used; the message says why."""


@dataclass(frozen=True)
class QuarantineFilter:
    """Which quarantined rows are meant; None means any. `status` is open, replayed or superseded."""

    source: str | None = None
    entity: str | None = None
    rule: str | None = None
    load_id: int | None = None
    file: str | None = None
    status: str | None = "open"

    def where(self) -> tuple[str, list]:
        """SQL condition and its parameters."""
        fields = ("source", "entity", "rule", "load_id", "file", "status")
        chosen = [(field, getattr(self, field)) for field in fields if getattr(self, field) is not None]
        return " and ".join([f"{field} = ?" for field, _ in chosen]) or "true", [value for _, value in chosen]


@dataclass(frozen=True)
class ReplayResult:
    """How many quarantined rows were tried again, and how many of them are now in raw."""

    rows_tried: int
    rows_loaded: int


def list_rows(connection: duckdb.DuckDBPyConnection, chosen: QuarantineFilter, limit: int) -> list[tuple]:
    """Quarantined rows, newest first, as tuples of the LISTED columns."""
    condition, parameters = chosen.where()
    return connection.execute(
        f"select {LISTED} from meta.quarantine where {condition} order by quarantine_id desc limit ?",
        [*parameters, limit],
    ).fetchall()


def summarise(connection: duckdb.DuckDBPyConnection, chosen: QuarantineFilter) -> list[tuple]:
    """(source, entity, rule, column, rows, files, one value) of the chosen rows, most frequent first."""
    condition, parameters = chosen.where()
    return connection.execute(
        f"""
        select source, entity, rule, column_name, count(*) as row_count, count(distinct file), min(value_text)
        from meta.quarantine where {condition}
        group by source, entity, rule, column_name
        order by row_count desc, source, entity, rule
        """,
        parameters,
    ).fetchall()


def export_rows(connection: duckdb.DuckDBPyConnection, chosen: QuarantineFilter, target: Path) -> int:
    """Write the chosen rows, whole records, to a .csv or .jsonl file only this account can read; returns their number.

    Raises CorrectionFileError for another file type.
    """
    condition, parameters = chosen.where()
    if target.suffix not in (".csv", ".jsonl"):
        raise CorrectionFileError(f"{target} must end in .csv or .jsonl.")
    columns, options = LISTED, "(format json, use_tmp_file false)"
    if target.suffix == ".csv":
        options = "(format csv, header true, use_tmp_file false)"
        for column in ("file", "value_text", "record"):
            is_risky = f"regexp_matches({column}, {literal(_RISKY)})"
            guarded = f"case when {is_risky} then '''' || {column} else {column} end as {column}"
            columns = columns.replace(column, guarded)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    target.chmod(0o600)
    chosen_rows = f"select {columns} from meta.quarantine where {condition} order by quarantine_id"
    connection.execute(f"copy ({chosen_rows}) to {literal(str(target))} {options}", parameters)
    return connection.execute(f"select count(*) from meta.quarantine where {condition}", parameters).fetchone()[0]


def read_corrections(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Read an exported and corrected .csv or .jsonl file into temp table zc_corrections; returns the number of records.

    Raises CorrectionFileError when the file lacks the columns quarantine_id and record, or a record is no JSON object.
    """
    path = literal(str(file))
    if file.suffix == ".csv":
        source = f"read_csv({path}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
        record = "case when regexp_matches(record, '^''[=+\\-@\\t\\r]') then record[2:] else record end"
    else:
        columns = "{'quarantine_id': 'bigint', 'record': 'json'}"
        source = f"read_json({path}, format = 'newline_delimited', columns = {columns})"
        record = "case when json_type(record) = 'VARCHAR' then record ->> '$' else record::varchar end"
    try:
        connection.execute(
            "create or replace temp table zc_corrections as"
            f" select quarantine_id::bigint as quarantine_id, {record} as record from {source}"
        )
    except duckdb.Error as error:
        raise CorrectionFileError(
            f"{file} cannot be used: {error}. Export again with `zhicang quarantine export`, change the records only."
        ) from error
    wrong = connection.execute(
        "select quarantine_id from zc_corrections where not json_valid(record) or json_type(record) <> 'OBJECT' limit 1"
    ).fetchone()
    if wrong:
        raise CorrectionFileError(f'{file}: the record of quarantine_id {wrong[0]} is not a JSON object like {{"column": "value"}}.')
    return connection.execute("select count(*) from zc_corrections").fetchone()[0]


def _choose(connection: duckdb.DuckDBPyConnection, chosen: QuarantineFilter, *, corrected: bool) -> int:
    condition, parameters = chosen.where()
    record = "coalesce(c.record, q.record)" if corrected else "q.record"
    join = "inner join zc_corrections as c on c.quarantine_id = q.quarantine_id" if corrected else ""
    connection.execute(
        f"""
        create or replace temp table zc_replay as
        select q.quarantine_id, q.load_id, q.file, q.file_sha256, l.delivered_date, q.row_number, {record} as line
        from (select * from meta.quarantine where {condition}) as q
        inner join meta.loads as l on l.load_id = q.load_id
        {join}
        where json_valid({record}) and json_type({record}) = 'OBJECT'
        """,
        parameters,
    )
    return connection.execute("select count(*) from zc_replay").fetchone()[0]


def _settle(connection: duckdb.DuckDBPyConnection, contract: Contract, at: datetime) -> int:
    """Mark what is now in raw as replayed and move the counts of its loads; returns the number of rows."""
    table = f"{quoted(contract.source)}.{quoted(contract.entity)}"
    connection.execute(
        f"""
        update meta.quarantine set status = 'replayed', replayed_at = ?
        from (
            select z.quarantine_id from zc_replay as z
            inner join {table} as t on t._load_id = z.load_id and t._row_number = z.row_number
            where t._loaded_at = ?
        ) as entered
        where quarantine.quarantine_id = entered.quarantine_id
        """,
        [at, at],
    )
    connection.execute(
        f"""
        update meta.loads
        set rows_loaded = rows_loaded + moved.row_count, rows_quarantined = rows_quarantined - moved.row_count
        from (select _load_id, count(*) as row_count from {table} where _loaded_at = ? group by _load_id) as moved
        where loads.load_id = moved._load_id
        """,
        [at],
    )
    return connection.execute(f"select count(*) from {table} where _loaded_at = ?", [at]).fetchone()[0]


def replay(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    run_id: str,
    *,
    rule: str | None = None,
    load_id: int | None = None,
    corrected: bool = False,
) -> ReplayResult:
    """Judge open quarantined rows of an entity again under the present contract and references; good ones move to raw.

    One transaction moves the row, its count and its status, so that rows_read = rows_loaded + rows_quarantined at any
    time. With `corrected`, only the rows in zc_corrections (see read_corrections) are tried, with the corrected records.
    Raw csv lines that could not be split into fields can be replayed only with a corrected record.
    """
    chosen = QuarantineFilter(contract.source, contract.entity, rule, load_id)
    with ledger.transaction(connection):
        tried = _choose(connection, chosen, corrected=corrected)
        if tried == 0:
            return ReplayResult(0, 0)
        at = ledger.next_loaded_at(connection)
        lines = (
            "select load_id as _load_id, file as _file, file_sha256 as _file_sha256, delivered_date as _delivered_date,"
            " row_number as _row_number, line as _line from zc_replay"
        )
        scan = json_scan(contract, lines)
        checks = row_checks(contract, scan.delivered, scan.leading)
        connection.execute(insert_statement(contract, scan, checks), {"at": at, "run": run_id})
        remove_unacceptable(connection, contract, at)
        loaded = _settle(connection, contract, at)
        connection.execute(
            f"""
            update meta.quarantine set rule = b.rule, column_name = b.column_name, value_text = b.value_text
            from ({bad_rows(scan, checks)}) as b
            where quarantine.load_id = b.load_id and quarantine.row_number = b.row_number and quarantine.status = 'open'
            """
        )
        if corrected:
            connection.execute(
                """
                insert into meta.quarantine_corrections
                select z.quarantine_id, z.line, ?, ? from zc_replay as z
                inner join meta.quarantine as q on q.quarantine_id = z.quarantine_id
                where q.status = 'replayed'
                """,
                [at, run_id],
            )
        ledger.write_touched_dates(connection, contract, at, run_id)
    return ReplayResult(tried, loaded)
