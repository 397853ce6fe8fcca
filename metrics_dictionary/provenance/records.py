"""The records behind a value: the rows of marts that its terms add up, masked, and whether they add up to what was published."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from metrics_dictionary.provenance.places import Place
from metrics_dictionary.provenance.semantics import ALIAS

MASKED_ENDINGS = ("_number", "_id", "_key")
MASKED_NAMES = frozenset({"employee_code"})
PRECISION = 1e-9
"""Relative; values are published as doubles of exact decimals, and a mean of doubles depends on the order of its sum."""


@dataclass(frozen=True)
class Source:
    """Rows that one term of the formula adds up: where they are, how many there are, and what they make."""

    term: str
    sides: tuple[str, ...]
    level: str
    table_name: str
    aggregation: str
    row_count: int
    total: float | None
    first_day: date | None
    last_day: date
    statement: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Term:
    """One term: the rows of its mart, and the records of facts they were counted from where these make the same.

    `facts`: public facts the mart is built from; `obstacle` (with `obstacle_detail`) says why they are not shown, `fact_total` what
    the records that can be told make, where they are not all.
    """

    mart: Source
    records: tuple[Source, ...]
    facts: tuple[str, ...]
    obstacle: str | None = None
    obstacle_detail: str | None = None
    fact_total: float | None = None

    @property
    def shown(self) -> tuple[Source, ...]:
        """The finest rows that make the term."""
        return self.records or (self.mart,)


@dataclass(frozen=True)
class Behind:
    """What stands behind a value. `obstacle`: why no records can be named, None when they are. Differences: made less published."""

    terms: tuple[Term, ...] = ()
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    difference: float | None = None
    reproduces: bool = False
    obstacle: str | None = None

    @property
    def row_count(self) -> int:
        """Rows that are shown, of all terms."""
        return sum(source.row_count for term in self.terms for source in term.shown)


def records_behind(connection: duckdb.DuckDBPyConnection, place: Place, version: int, published: tuple[float | None, ...]) -> Behind:
    """The terms of a value with their rows, and whether these make `published` (value, numerator, denominator).

    Reads metric_formulas, metric_records and the marts, as the connection lets it. Raises duckdb.Error when it must not.
    """
    formula = connection.execute(
        """
        select value_expression, numerator_expression, denominator_expression, obstacle
        from metrics.metric_formulas where metric_code = ? and version = ?
        """,
        [place.metric_code, version],
    ).fetchone()
    if formula is None or formula[3]:
        return Behind(obstacle=formula[3] if formula else "unknown_version")
    result = connection.execute(
        "select * exclude (metric_code, version) from metrics.metric_records where metric_code = ? and version = ?",
        [place.metric_code, version],
    )
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    (as_of,) = connection.execute("select as_of_date from metrics.publication").fetchone()
    terms = []
    for mart in (row for row in rows if row["level"] == "mart"):
        facts = [row for row in rows if row["level"] == "fact" and row["term"] == mart["term"]]
        terms.append(_term(connection, mart, facts, place, as_of))
    made = _made(connection, formula[:3], terms, {row["term"]: row["filled_with"] for row in rows})
    differences = [(m or 0.0) - (p or 0.0) for m, p in zip(made, published, strict=True) if p is not None and not _same(m, p)]
    return Behind(tuple(terms), *made, difference=differences[0] if differences else 0.0, reproduces=not differences)


def read_records(connection: duckdb.DuckDBPyConnection, source: Source, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and at most `limit` rows of a source, those that count most first; identifying columns are masked."""
    result = connection.execute(f"{source.statement} limit {int(limit)}", source.parameters)
    return [column[0] for column in result.description], result.fetchall()


def is_masked(column: str) -> bool:
    """Whether a column's texts name a customer, a contract, a case or an employee."""
    return column.endswith(MASKED_ENDINGS) or column in MASKED_NAMES


def _term(connection: duckdb.DuckDBPyConnection, mart: dict[str, Any], facts: list[dict[str, Any]], place: Place, as_of: date) -> Term:
    source = _source(connection, mart, place, as_of)
    found = tuple(_source(connection, fact, place, as_of) for fact in facts)
    named = tuple(mart["facts"])
    totals = [fact.total for fact in found if fact.total is not None]
    total = ({"min": min, "max": max}.get(mart["aggregation"], sum)(totals)) if totals else None
    if found and _same(total or 0.0, source.total or 0.0):
        return Term(source, found, named)
    return Term(source, (), named, mart["obstacle"] or ("differ" if found else None), mart["obstacle_detail"], total)


def _source(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], place: Place, as_of: date) -> Source:
    first, last = _bounds(connection, row, place)
    members = json.loads(row["members"])
    parameters = {"first_day": first, "last_day": min(last, as_of)}
    period = f"{row['time_expression']} between coalesce($first_day, date '0001-01-01') and $last_day"
    conditions = [f"({row['condition']})"] if row["condition"] else []
    counted = row["time_expression"]
    where = [*conditions, period]
    if row["snapshot"]:
        everything = f"from {row['table_name']} as {ALIAS} where {' and '.join(where)}"
        where.append(f"{counted} = (select {row['snapshot']}({counted}) {everything})")
    for part, code in place.members:
        where.append(f"coalesce({members[part]}, '(unknown)') = $member_{part}")
        parameters[f"member_{part}"] = code
    value = row["measure_expression"]
    rows = f"from {row['table_name']} as {ALIAS} where {' and '.join(where)}"
    # A row that adds nothing is no record behind the value, though a sum over such rows is 0 and one over none is missing.
    counts = f"({value}) is not null" + (f" and ({value}) <> 0" if row["aggregation"] == "sum" else "")
    total, count = connection.execute(f"select {_aggregate(row)}, count(*) filter (where {counts}) {rows}", parameters).fetchone()
    columns = _columns(connection, row)
    order = ", ".join(["contribution desc", *map(str, range(1, len(columns)))])
    statement = f"select {', '.join(columns)} {rows} and {counts} order by {order}"
    return Source(
        row["term"], tuple(row["sides"]), row["level"], row["table_name"], row["aggregation"], count,
        None if total is None else float(total), first, parameters["last_day"], statement, parameters,
    )  # fmt: skip


def _columns(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> list[str]:
    """Identifying columns first and masked, then what the term reads, then what the record adds."""
    kinds = {name: kind for name, kind, *_ in connection.execute(f"describe from {row['table_name']}").fetchall()}
    masked = [n for n, kind in kinds.items() if is_masked(n) and kind == "VARCHAR"]
    hidden = [f"'****' || right({ALIAS}.{n}, least(4, length({ALIAS}.{n}) // 2)) as {n}" for n in masked]
    read = [f"{ALIAS}.{name}" for name in kinds if name in row["columns_read"] and name not in masked]
    counted = f"'****' || right({row['measure_expression']}, 4)" if _counts_identities(row) else f"({row['measure_expression']})"
    return [*hidden, *read, f"{counted} as contribution"]


def _counts_identities(row: dict[str, Any]) -> bool:
    return row["aggregation"] == "count_distinct" and any(is_masked(column) for column in row["columns_read"])


def _aggregate(row: dict[str, Any]) -> str:
    value, kind = row["measure_expression"], row["aggregation"]
    if kind == "count_distinct":
        return f"count(distinct {value})"
    if kind == "percentile":
        return f"quantile_cont({value}, {float(row['quantile'])})"
    return f"{'avg' if kind == 'average' else kind}({value})"


def _bounds(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], place: Place) -> tuple[date | None, date]:
    """First and last day of a term: the period, or the window that ends with it, or the same of an earlier period."""
    first, last = place.period_start_date, place.period_end_date
    if row["shift"]:
        ends = "$first - {0}" if place.grain == "day" else "$last + interval 1 day - {0} - interval 1 day"
        first, last = connection.execute(
            f"select cast($first - {row['shift']} as date), cast({ends.format(row['shift'])} as date)",
            {"first": first} | ({"last": last} if "$last" in ends else {}),
        ).fetchone()
    if row["window_start"] is None:
        return first, last
    if not row["window_start"]:
        return None, last
    (start,) = connection.execute(f"select cast({row['window_start']} as date) from (select $last as last_day)", {"last": last}).fetchone()
    return start, last


def _made(
    connection: duckdb.DuckDBPyConnection, expressions: tuple[str | None, ...], terms: list[Term], filled: dict[str, int | None]
) -> tuple[float | None, ...]:
    """Value, numerator and denominator of the formula over what the rows of the marts make."""
    parameters, columns = {}, []
    for number, term in enumerate(terms):
        total = filled[term.mart.term] if term.mart.total is None else term.mart.total
        parameters[f"term_{number}"] = total
        columns.append(f'cast($term_{number} as double) as "{term.mart.term}"')
    selects = ", ".join(f"cast({text or 'null'} as double)" for text in expressions)
    return connection.execute(f"select {selects} from (select {', '.join(columns)})", parameters).fetchone()


def _same(made: float | None, published: float | None) -> bool:
    if made is None or published is None:
        return made is published
    return math.isclose(made, published, rel_tol=PRECISION, abs_tol=PRECISION)
