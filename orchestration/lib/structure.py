"""The structure of a delivered file: its columns as they are, and how they meet the contract's columns."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.contracts import Contract
from orchestration.lib.fingerprint import check_parquet_ends, first_line
from orchestration.lib.landing import Delivery, ParkedError

_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Structure:
    """What files must share to be scanned together.

    `columns` are the delivered (name, type) in their order; text formats have type `text`. `matched` maps a contract
    column to the position of the delivered one.
    """

    file_format: str
    columns: tuple[tuple[str, str], ...]
    delimiter: str
    matched: tuple[tuple[str, int], ...]

    @property
    def is_text(self) -> bool:
        """Whether values arrive as text."""
        return self.file_format != "parquet"

    @property
    def is_compressed(self) -> bool:
        """Whether the file is gzip."""
        return self.file_format == "csv.gz"

    def notes(self, contract: Contract) -> str | None:
        """What is remarkable yet accepted: columns the contract does not know, optional columns that are absent."""
        matched = dict(self.matched)
        taken = set(matched.values())
        unexpected = [name for i, (name, _) in enumerate(self.columns) if i not in taken]
        absent = [name for name in contract.columns if name not in matched] if self.file_format != "jsonl" else []
        parts = []
        if unexpected:
            parts.append(f"unexpected_columns: {', '.join(unexpected)}")
        if absent:
            parts.append(f"absent_optional_columns: {', '.join(absent)}")
        return "; ".join(parts) or None


def _normal(name: str) -> str:
    return name.strip().lower()


def _match(contract: Contract, names: Sequence[str], file_name: str) -> tuple[tuple[str, int], ...]:
    normal = [_normal(name) for name in names]
    doubled = [name for name, count in Counter(normal).items() if count > 1 and name in contract.columns]
    if doubled:
        raise ParkedError("duplicate_column", f"{file_name} has more than one column {', '.join(doubled)}. Deliver each column once.")
    missing = [name for name, column in contract.columns.items() if column.required and name not in normal]
    if missing:
        raise ParkedError(
            "missing_column",
            f"{file_name} lacks the required column(s) {', '.join(missing)}; it has {', '.join(names) or 'none'}."
            f" See orchestration/contracts/{contract.path}.yml.",
        )
    return tuple((name, normal.index(name)) for name in contract.columns if name in normal)


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _text_structure(contract: Contract, delivery: Delivery) -> Structure:
    line = first_line(delivery.path, delivery.file_format == "csv.gz")
    if not line.strip():
        raise ParkedError(
            "empty_file",
            f"{delivery.path.name} begins with a blank line or has none. Deliver at least the header line.",
        )
    if delivery.file_format == "jsonl":
        try:
            first = json.loads(line)
            names = list(first) if isinstance(first, dict) else []
        except json.JSONDecodeError:
            names = []
        columns = tuple(dict.fromkeys([*contract.columns, *(name for name in names if name not in contract.columns)]))
        matched = tuple((name, position) for position, name in enumerate(columns) if name in contract.columns)
        return Structure("jsonl", tuple((name, "text") for name in columns), "", matched)
    known = set(contract.columns)
    delimiter = max(_DELIMITERS, key=lambda d: len(known & {_normal(name) for name in _split(line, d)}))
    names = _split(line, delimiter)
    matched = _match(contract, names, delivery.path.name)
    return Structure(delivery.file_format or "csv", tuple((name, "text") for name in names), delimiter, matched)


def _top_level_columns(rows: list[tuple]) -> list[str]:
    """Names of the top-level columns from parquet_schema rows (name, num_children), depth first, the root first."""
    names: list[str] = []
    skip = 0
    for name, children in rows[1:]:
        if skip == 0:
            names.append(name)
        else:
            skip -= 1
        skip += children or 0
    return names


def _parquet_schemas(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> dict[str, list[tuple]]:
    rows = connection.execute(
        "select file_name, name, num_children, type, converted_type, logical_type from parquet_schema(?)", [paths]
    ).fetchall()
    by_file: dict[str, list[tuple]] = defaultdict(list)
    for file_name, *rest in rows:
        by_file[file_name].append(tuple(rest))
    return by_file


def _parquet_structure(connection: duckdb.DuckDBPyConnection, contract: Contract, delivery: Delivery, schema: list[tuple]) -> Structure:
    matched = _match(contract, _top_level_columns([(row[0], row[1]) for row in schema]), delivery.path.name)
    described = connection.execute(
        "describe select * from read_parquet(?, hive_partitioning = false, binary_as_string = true)",
        [str(delivery.path)],
    ).fetchall()
    return Structure("parquet", tuple((row[0], row[1].lower()) for row in described), "", matched)


def read_structures(
    connection: duckdb.DuckDBPyConnection, contract: Contract, deliveries: Sequence[Delivery]
) -> dict[str, Structure | ParkedError]:
    """Structure by `Delivery.file`, or the reason why there is none. Equal parquet schemas are looked at once."""
    result: dict[str, Structure | ParkedError] = {}
    parquet = []
    for delivery in deliveries:
        try:
            if delivery.file_format == "parquet":
                check_parquet_ends(delivery.path)
                parquet.append(delivery)
            else:
                result[delivery.file] = _text_structure(contract, delivery)
        except ParkedError as error:
            result[delivery.file] = error
    if not parquet:
        return result
    try:
        schemas = _parquet_schemas(connection, [str(d.path) for d in parquet])
    except duckdb.Error:
        schemas = {}
    seen: dict[tuple, Structure | ParkedError] = {}
    for delivery in parquet:
        try:
            schema = schemas.get(str(delivery.path)) or _parquet_schemas(connection, [str(delivery.path)])[str(delivery.path)]
        except duckdb.Error as error:
            result[delivery.file] = ParkedError("unreadable_file", f"{delivery.path.name}: {error}. Deliver it again.")
            continue
        signature = tuple(schema)
        if signature not in seen:
            try:
                seen[signature] = _parquet_structure(connection, contract, delivery, schema)
            except ParkedError as error:
                result[delivery.file] = error
                continue
            except duckdb.Error as error:
                result[delivery.file] = ParkedError("unreadable_file", f"{delivery.path.name}: {error}. Deliver it again.")
                continue
        result[delivery.file] = seen[signature]
    return result
