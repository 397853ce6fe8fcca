"""Sums of components at the finest cut: one compiled statement, and one temporary table, per group of components that
share a semantic model, a date and a filter. Sums stay exact decimals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from metrics_dictionary.cuts import COLUMNS, GRAINS, GROUP_BYS, MEMBER_COLUMNS, UNKNOWN_MEMBER, dimension_sets_for, fineness, parts_of
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import Component
from metrics_dictionary.value_rows import Run, reading_marts


@dataclass(frozen=True)
class FinestTable:
    """A temporary table: period_start_date (of `grain`), one column per part of `parts`, one per component."""

    name: str
    grain: str
    parts: tuple[str, ...]
    components: tuple[Component, ...]

    @property
    def component_names(self) -> list[str]:
        """The columns that hold sums."""
        return [component.name for component in self.components]

    def refuse_finer_than(self, grains: Iterable[str], metric: str) -> None:
        """Raise MetricsError when a metric is to be published by a grain the table cannot give."""
        too_fine = sorted(g for g in grains if fineness(g) < fineness(self.grain))
        if too_fine:
            raise MetricsError(
                f"metric {metric}: semantic model {self.components[0].semantic_model} is by {self.grain}, so there are no"
                f" values by {', '.join(too_fine)}; take the grain out of config.meta.grains"
            )


def build_finest_tables(
    connection: duckdb.DuckDBPyConnection, engine: Engine, tables: Iterable[FinestTable], run: Run
) -> dict[str, FinestTable]:
    """Build planned tables, up to the as-of date; returns the table of each component by its name."""
    found = {}
    for table in tables:
        _build(connection, engine, table, run)
        found |= dict.fromkeys(table.component_names, table)
    return found


def plan_finest_tables(dictionary: Dictionary, components: Iterable[Component]) -> list[FinestTable]:
    """One table for each group of components that one statement reads."""
    groups: dict[tuple, dict[str, Component]] = defaultdict(dict)
    for component in components:
        groups[component.statement_key][component.name] = component
    tables = []
    for number, group in enumerate(groups.values()):
        first = next(iter(group.values()))
        grain = first.time_grain if first.time_grain in GRAINS else "day"
        sets = dimension_sets_for("month", dictionary.semantic_models[first.semantic_model].dimensions, dictionary.has_companies)
        parts = tuple(sorted({part for s in sets for part in parts_of(s)}))
        tables.append(FinestTable(f"finest_{number}", grain, parts, tuple(group.values())))
    return tables


def finest_statement(engine: Engine, table: FinestTable) -> str:
    """MetricFlow's statement for the rows of a table."""
    return engine.explain(table.component_names, [f"metric_time__{table.grain}", *(GROUP_BYS[p] for p in table.parts)])


def grouping_sets(source: str, grain: str, sets: Iterable[str], names: Iterable[str]) -> str:
    """The sums of columns `names` for every period and dimension set of one grain.

    `source` is a table or a query in parentheses with period_start_date and a column per part; rows have
    the columns KEYS and the sums.
    """
    wanted = tuple(sets)
    parts = sorted({part for s in wanted for part in parts_of(s)})
    bits = {part: 1 << position for position, part in enumerate(reversed(parts))}

    def member(column: str) -> str:
        finest_first = [p for p in reversed(COLUMNS) if COLUMNS[p] == column and p in parts]
        cases = " ".join(f"when grouping({p}) = 0 then {p}" for p in finest_first)
        return f"{f'case {cases} end' if cases else 'cast(null as varchar)'} as {column}"

    dimension_set = f"'{wanted[0]}'"
    if parts:
        codes = {s: sum(bit for part, bit in bits.items() if part not in parts_of(s)) for s in wanted}
        labels = " ".join(f"when {code} then '{s}'" for s, code in codes.items())
        dimension_set = f"case grouping({', '.join(parts)}) {labels} end"
    groups = ", ".join(f"({', '.join(('period_start_date', *parts_of(s)))})" for s in wanted)
    sums = "".join(f', sum("{name}") as "{name}"' for name in names)
    return f"""
        select '{grain}' as grain, period_start_date, {dimension_set} as dimension_set,
            {", ".join(member(column) for column in MEMBER_COLUMNS)}{sums}
        from {source}
        group by grouping sets ({groups})
    """


def _exactly(column: str, kind: str) -> str:
    """The column, decimal where it is floating: sums of doubles depend on their order, and a value must not change by itself."""
    return f'cast("{column}" as decimal(38, 15)) as "{column}"' if kind in {"DOUBLE", "FLOAT"} else f'"{column}"'


def _build(connection: duckdb.DuckDBPyConnection, engine: Engine, table: FinestTable, run: Run) -> None:
    statement = finest_statement(engine, table)
    members = "".join(f", coalesce({GROUP_BYS[p]}, '{UNKNOWN_MEMBER}') as {p}" for p in table.parts)
    with reading_marts(table.component_names):
        kinds = {row[0]: row[1] for row in connection.execute(f"describe {statement}").fetchall()}
        sums = "".join(f", {_exactly(column, kinds[column])}" for column in table.component_names)
        connection.execute(
            f"""
            create or replace temp table {table.name} as
            select cast(metric_time__{table.grain} as date) as period_start_date{members}{sums}
            from ({statement})
            where metric_time__{table.grain} <= ?
            """,
            [run.as_of_date],
        )
