"""Ad-hoc metric queries: compiled by MetricFlow, filtered by bound parameters, run read-only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from metrics_dictionary.cuts import GRAINS, GROUP_BYS
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.filters import MemberFilter, PeriodFilter, dimension_name, read_filter

COMPARISONS = {
    "=": "{start} >= $first and {end} <= $last",
    "!=": "not ({start} >= $first and {end} <= $last)",
    ">=": "{start} >= $first",
    "<=": "{end} <= $last",
    ">": "{start} > $last",
    "<": "{end} < $first",
}


@dataclass(frozen=True)
class MetricQuery:
    """What to compute: metric codes, dimensions to cut by, grain (None: one value for all time), filters, last day."""

    codes: tuple[str, ...]
    by: tuple[str, ...] = ()
    grain: str | None = "month"
    where: tuple[str, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True)
class Statement:
    """SQL with named parameters and their values."""

    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


def compile_query(query: MetricQuery, engine: Engine) -> Statement:
    """The statement of a query: one row per period and members that have any value, one column per metric, in order.

    Raises MetricsError for unknown codes, dimensions or grains, and for filters that cannot be read.
    """
    if not query.codes:
        raise MetricsError("name at least one metric; 'metrics list' shows them")
    metrics = [engine.dictionary.metric(code) for code in dict.fromkeys(query.codes)]
    if query.grain is not None and query.grain not in GRAINS:
        raise MetricsError(unknown_name("grain", query.grain, GRAINS))
    known = engine.dictionary.group_bys_of(metrics)
    aliases = {name: full for name, full in GROUP_BYS.items() if full in known}
    cuts = {name: dimension_name(name, known, aliases) for name in query.by}
    filters = [read_filter(text, known, aliases) for text in query.where]
    templates, parameters = _member_conditions([f for f in filters if isinstance(f, MemberFilter)])
    periods = [f for f in filters if isinstance(f, PeriodFilter)]
    if query.as_of:
        periods.append(PeriodFilter("<=", query.as_of, query.as_of))
    conditions, bounds = _period_conditions(periods, query.grain)
    parameters |= bounds
    keys = ([f"cast(metric_time__{query.grain} as date) as period_start_date"] if query.grain else []) + [
        f'{full} as "{name}"' for name, full in cuts.items()
    ]
    group_by = ([f"metric_time__{query.grain}"] if query.grain else []) + list(cuts.values())
    if not query.grain:
        templates += conditions
        conditions = []
    selects = []
    for metric in metrics:
        compiled = _with_parameters(engine.explain([metric.name], group_by, templates), parameters)
        where = f" where {' and '.join(conditions)}" if conditions else ""
        selects.append(f"select {', '.join([*keys, metric.name])} from (\n{compiled}\n){where}")
    names = (["period_start_date"] if query.grain else []) + [f'"{name}"' for name in cuts]
    values_only = [f"max({m.name})" for m in metrics]
    values = [f"{value} as {m.name}" for value, m in zip(values_only, metrics, strict=True)]
    sql = "select " + ", ".join([*names, *values]) + " from (" + " union all by name ".join(selects) + ")"
    if names:
        keys_text, has_value = ", ".join(names), " or ".join(f"{value} is not null" for value in values_only)
        order = ", ".join(f"{name} nulls last" for name in names)
        sql += f" group by {keys_text} having {has_value} order by {order}"
    return Statement(sql, {name: value for name, value in parameters.items() if f"${name}" in sql})


@contextmanager
def open_database(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a database file, symbolic links resolved first.

    Raises MetricsError when the file is missing, cannot be opened or lacks a table that is read.
    """
    path = database.resolve()
    if not path.exists():
        raise MetricsError(f"no database at {database}; run 'make warehouse' first, or name one with --database")
    try:
        with closing(duckdb.connect(str(path), read_only=True)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield connection
    except duckdb.CatalogException as error:
        raise MetricsError(f"{path} lacks a table that is read here: {str(error).splitlines()[0]}") from error
    except duckdb.IOException as error:
        raise MetricsError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error


def run_query(statement: Statement, database: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of a statement run read-only on a database file. Raises MetricsError."""
    with open_database(database) as connection:
        result = connection.execute(statement.sql, statement.parameters)
        return [column[0] for column in result.description], result.fetchall()


def _member_conditions(filters: Sequence[MemberFilter]) -> tuple[list[str], dict[str, Any]]:
    """MetricFlow filter templates with placeholders where values go, and the values by placeholder."""
    templates, parameters = [], {}
    for number, condition in enumerate(filters):
        places = {f"member_{number}_{position}": value for position, value in enumerate(condition.values)}
        quoted = ", ".join(f"'{_placeholder(name)}'" for name in places)
        kind = "Dimension" if "__" in condition.dimension else "Entity"
        column = f"{{{{ {kind}('{condition.dimension}') }}}}"
        templates.append(f"({column} {'not ' if condition.is_excluding else ''}in ({quoted}))")
        parameters |= places
    return templates, parameters


def _period_conditions(filters: Sequence[PeriodFilter], grain: str | None) -> tuple[list[str], dict[str, Any]]:
    """Conditions on the periods of a grain; without a grain, MetricFlow filter templates on the days."""
    if grain:
        start = f"cast(metric_time__{grain} as date)"
        end = f"cast({start} + interval 1 {grain} - interval 1 day as date)"
    else:
        start = end = "{{ TimeDimension('metric_time', 'day') }}"
    conditions, parameters = [], {}
    for number, condition in enumerate(filters):
        bounds = {f"first_{number}": condition.first_day, f"last_{number}": condition.last_day}
        text = COMPARISONS[condition.operator].replace("{start}", start).replace("{end}", end)
        for name in ("first", "last"):
            place = f"{name}_{number}"
            text = text.replace(f"${name}", f"${place}" if grain else f"'{_placeholder(place)}'")
        conditions.append(f"({text})")
        parameters |= bounds
    return conditions, parameters


def _placeholder(name: str) -> str:
    return f"__parameter_{name}__"


def _with_parameters(sql: str, parameters: dict[str, Any]) -> str:
    for name in parameters:
        sql = sql.replace(f"'{_placeholder(name)}'", f"${name}")
    return sql
