"""Files of one structure as one SQL relation: a row per record with its place in its file, columns as d0, d1, ..."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.contracts import Contract
from orchestration.lib.landing import ParkedError
from orchestration.lib.row_rules import Check, Delivered, literal, parsed_text, quoted
from orchestration.lib.structure import Structure

MAX_LINE_BYTES = 32 * 1024 * 1024
PATH_COLUMN = "_zc_path"
_JSON_CHECKS = (Check("invalid_json", None, "_is_object", "_line"),)
_REJECT_RULES = {
    "MISSING COLUMNS": "too_few_columns",
    "TOO MANY COLUMNS": "too_many_columns",
    "UNQUOTED VALUE": "unterminated_quote",
    "INVALID ENCODING": "invalid_encoding",
    "INVALID STATE": "unterminated_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}


@dataclass(frozen=True)
class Scan:
    """A relation over files listed in the temp table zc_files, and how to read a record from it.

    `relation` is SQL with the columns _load_id, _file, _file_sha256, _delivered_date, _row_number, d0 ... dn (and _line
    for jsonl); `record` is SQL of the whole record as text; `leading` are checks the format itself needs.
    """

    relation: str
    delivered: dict[str, Delivered]
    record: str
    leading: tuple[Check, ...] = ()


_META = "f.load_id as _load_id, f.file as _file, f.file_sha256 as _file_sha256, f.delivered_date as _delivered_date"


def _delivered(structure: Structure) -> dict[str, Delivered]:
    """The matched columns of parquet as d0 ... dn."""
    return {name: Delivered(f"d{i}", structure.columns[i][1]) for name, i in structure.matched}


def _record(structure: Structure) -> str:
    known = {position: name for name, position in structure.matched}
    pairs = ", ".join(f"{literal(known.get(i, name))}, d{i}" for i, (name, _) in enumerate(structure.columns))
    return f"json_object({pairs})::varchar"


def _paths(paths: list[str]) -> str:
    return "[" + ", ".join(literal(path) for path in paths) + "]"


def parquet_scan(structure: Structure, paths: list[str]) -> Scan:
    """Scan of parquet files."""
    columns = ", ".join(f"s.{quoted(name)} as d{i}" for i, (name, _) in enumerate(structure.columns))
    options = f"filename = '{PATH_COLUMN}', file_row_number = true, hive_partitioning = false, binary_as_string = true"
    relation = (
        f"select {_META}, s.file_row_number + 1 as _row_number, {columns}"
        f" from read_parquet({_paths(paths)}, {options}) as s inner join zc_files as f on f.path = s.{PATH_COLUMN}"
    )
    return Scan(relation, _delivered(structure), _record(structure))


def _text_table(structure: Structure, paths: list[str], on_error: str) -> str:
    if structure.file_format == "jsonl":
        columns, header, delimiter, quote = "{'line': 'varchar'}", "false", "\x1f", ""
    else:
        columns = "{" + ", ".join(f"'d{i}': 'varchar'" for i in range(len(structure.columns))) + "}"
        header, delimiter, quote = "true", structure.delimiter, '"'
    return (
        f"read_csv({_paths(paths)}, columns = {columns}, header = {header}, auto_detect = false,"
        f" delim = {literal(delimiter)}, quote = {literal(quote)}, escape = {literal(quote)}, nullstr = '',"
        f" max_line_size = {MAX_LINE_BYTES},"
        f" filename = '{PATH_COLUMN}', hive_partitioning = false, strict_mode = true,"
        f" compression = '{'gzip' if structure.is_compressed else 'none'}', {on_error})"
    )


def _parsed(contract: Contract, matched: Sequence[tuple[str, int]], lines: str, *, is_json: bool) -> str:
    """SQL of `lines` with typed values v0 ... vn beside the texts d0 ... dn of the matched columns.

    From JSON lines (column _line) the texts are taken first, with their JSON types k0 ... kn and _is_object.
    """
    typed = ", ".join(f"{parsed_text(contract.columns[name].type, f'd{i}')} as v{i}" for name, i in matched)
    if not is_json:
        return f"select *, {typed} from {lines}"
    names = "[" + ", ".join(literal(f'$."{name}"') for name, _ in matched) + "]"
    judged = f"select *, case when json_valid(_line) then json_type(_line) = 'OBJECT' else false end as _is_object from {lines}"
    fields = (
        f"select *, case when _is_object then json_extract_string(_line, {names}) end as _texts,"
        f" case when _is_object then json_type(_line, {names}) end as _kinds from ({judged})"
    )
    texts = ", ".join(f"nullif(_texts[{n}], '') as d{i}, _kinds[{n}] as k{i}" for n, (_, i) in enumerate(matched, start=1))
    return f"select *, {typed} from (select * exclude (_texts, _kinds), {texts} from ({fields}))"


def _text_columns(contract: Contract, matched: Sequence[tuple[str, int]], *, is_json: bool) -> dict[str, Delivered]:
    return {name: Delivered(f"d{i}", "text", f"v{i}", f"k{i}" if is_json else None) for name, i in matched}


def _numbered(contract: Contract, structure: Structure, paths: list[str], on_error: str) -> str:
    """SQL of every line with its place _g among all lines, and its typed values.

    The numbering is a border which filters do not cross: what is parsed inside is parsed once for all checks.
    """
    is_json = structure.file_format == "jsonl"
    table = _text_table(structure, paths, on_error)
    lines = f"(select line as _line, {PATH_COLUMN} from {table})" if is_json else table
    parsed = _parsed(contract, structure.matched, lines, is_json=is_json)
    return f"select row_number() over () as _g, * from ({parsed})"


def _text_scan(contract: Contract, structure: Structure, rows: str, number: str) -> Scan:
    """Scan over `rows`, a relation r of numbered lines joined with zc_files f; `number` is SQL of the row number."""
    is_json = structure.file_format == "jsonl"
    relation = f"select {_META}, {number} as _row_number, r.* exclude ({PATH_COLUMN}) from {rows}"
    columns = _text_columns(contract, structure.matched, is_json=is_json)
    if is_json:
        return Scan(f"{relation} where r._line is not null", columns, "_line", _JSON_CHECKS)
    return Scan(relation, columns, _record(structure))


def json_scan(contract: Contract, lines: str) -> Scan:
    """Scan over `lines`, SQL of JSON records in _line with the metadata columns."""
    matched = [(name, position) for position, name in enumerate(contract.columns)]
    relation = _parsed(contract, matched, f"({lines})", is_json=True)
    return Scan(relation, _text_columns(contract, matched, is_json=True), "_line", _JSON_CHECKS)


def direct_text_scan(contract: Contract, structure: Structure, paths: list[str]) -> Scan:
    """Scan straight from text files. Row numbers are right only when each file has as many records as zc_files expects."""
    numbered = _numbered(contract, structure, paths, "ignore_errors = true")
    rows = f"({numbered}) as r inner join zc_files as f on f.path = r.{PATH_COLUMN}"
    return _text_scan(contract, structure, rows, "r._g - f.first_record")


def _refuse_swallowed_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise ParkedError when a rejected record goes over several lines: an open quote has taken good lines with it.

    Nothing says where the quote should have ended, and the engine keeps only 10,000 characters of a rejected record.
    """
    inner = "contains(trim(record, chr(10) || chr(13)), chr(10)) or contains(trim(record, chr(10) || chr(13)), chr(13))"
    found = connection.execute(f"select path, row_number from zc_rejects where {inner} order by path, row_number limit 1").fetchone()
    if found:
        raise ParkedError(
            "unterminated_quote",
            f"{Path(found[0]).name}: a quote that opens in record {found[1]} is not closed in its line, and the lines behind it"
            " cannot be told apart. Correct the quote and deliver the file again.",
        )


def stored_text_scan(connection: duckdb.DuckDBPyConnection, contract: Contract, structure: Structure, paths: list[str]) -> Scan:
    """Scan through temp tables: zc_text holds the readable lines, zc_rejects those that are not csv.

    Columns of zc_rejects: load_id, row_number, rule, column_name, record. Row numbers count the records of a file,
    unreadable ones included.
    """
    for table in ("zc_text", "zc_reject_errors", "zc_reject_scans"):
        connection.execute(f"drop table if exists {table}")
    on_error = "store_rejects = true, rejects_table = 'zc_reject_errors', rejects_scan = 'zc_reject_scans'"
    connection.execute(f"create or replace temp table zc_text as {_numbered(contract, structure, paths, on_error)}")
    rules = " ".join(f"when {literal(error)} then {literal(rule)}" for error, rule in _REJECT_RULES.items())
    first_line = 0 if structure.file_format == "jsonl" else 1
    connection.execute(
        f"""
        create or replace temp table zc_rejects as
        select f.load_id, f.path, e.line - {first_line} as row_number,
            row_number() over (partition by f.load_id order by e.line) as ordinal,
            case e.error_type::varchar {rules} else 'unterminated_quote' end as rule,
            e.column_name, e.csv_line as record
        from (
            select scan_id, file_id, line, error_type, column_name, csv_line
            from zc_reject_errors
            qualify row_number() over (partition by scan_id, file_id, line order by byte_position) = 1
        ) as e
        inner join zc_reject_scans as s on s.scan_id = e.scan_id and s.file_id = e.file_id
        inner join zc_files as f on f.path = s.file_path
        """
    )
    _refuse_swallowed_lines(connection)
    if structure.file_format != "jsonl":
        names = " ".join(f"when 'd{i}' then {literal(name)}" for i, (name, _) in enumerate(structure.columns))
        connection.execute(f"update zc_rejects set column_name = case column_name {names} end")
    rows = f"""(
            select t.*, t._g - starts.first_row as _k
            from zc_text as t
            inner join (select {PATH_COLUMN}, min(_g) - 1 as first_row from zc_text group by all) as starts
                on starts.{PATH_COLUMN} = t.{PATH_COLUMN}
        ) as r
        inner join zc_files as f on f.path = r.{PATH_COLUMN}
        asof left join (
            select load_id, row_number - ordinal + 1 as threshold, max(ordinal) as passed from zc_rejects group by all
        ) as rejects
            on rejects.load_id = f.load_id and r._k >= rejects.threshold"""
    return _text_scan(contract, structure, rows, "r._k + coalesce(rejects.passed, 0)")
