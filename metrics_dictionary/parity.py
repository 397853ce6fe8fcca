"""Published values beside what MetricFlow itself computes for the same cut: the proof that rolling up changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from metrics_dictionary.cuts import COLUMNS, GROUP_BYS, MEMBER_COLUMNS, PUBLISHED_DAYS, UNKNOWN_MEMBER, WINDOWS, fineness, parts_of
from metrics_dictionary.definitions import Metric
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.value_rows import PERIOD_END, published_cuts

RELATIVE_TOLERANCE = 1e-12
"""Sums of decimals are equal to the last digit; this is for measures that are stored as floating point."""


@dataclass(frozen=True)
class Difference:
    """One value that differs; either side is None where it has no such value."""

    metric_code: str
    grain: str
    dimension_set: str
    period_start_date: date
    members: tuple[str | None, ...]
    published: float | None
    expected: float | None


@dataclass(frozen=True)
class Comparison:
    """What was compared: metrics, cuts, values that either side has in periods that have ended; and what differed."""

    metrics: int
    cuts: int
    values: int
    differences: tuple[Difference, ...]


def compare_with_metricflow(
    connection: duckdb.DuckDBPyConnection,
    engine: Engine,
    as_of_date: date,
    names: Iterable[str] | None = None,
    sample: int | None = None,
    seed: int = 1,
) -> Comparison:
    """Compare the complete periods of every cut, or of `sample` cuts per metric drawn by `seed`, with MetricFlow's own values.

    `names` are metrics and earlier versions, by default everything published. A drawn sample always holds the metric's most
    finely divided cut at its coarsest grain. Raises MetricsError for an unknown metric and for one MetricFlow cannot compute.
    """
    metrics = [engine.dictionary.metric(name) for name in names or engine.dictionary.published]
    draw = random.Random(seed)  # noqa: S311
    found: list[Difference] = []
    cut_count = value_count = 0
    for metric in metrics:
        for grain, dimension_set in _drawn(published_cuts(metric, engine.dictionary), sample, draw):
            expected = _window_query if grain in WINDOWS else _grain_query
            query = expected(engine, metric, grain, dimension_set)
            values, differences = _compare_cut(connection, query, metric, grain, dimension_set, as_of_date)
            found += differences
            cut_count += 1
            value_count += values
    return Comparison(len(metrics), cut_count, value_count, tuple(found))


def values_to_compare(connection: duckdb.DuckDBPyConnection, as_of_date: date) -> int:
    """How many published values there are in periods that have ended: what a comparison of every cut must have seen."""
    statement = "select count(*) from metrics.metric_values where value is not null and period_end_date <= ?"
    return connection.execute(statement, [as_of_date]).fetchone()[0]


def _drawn(cuts: list[tuple[str, str]], sample: int | None, draw: random.Random) -> list[tuple[str, str]]:
    if sample is None or sample >= len(cuts):
        return cuts
    finest = max(cuts, key=lambda cut: (cut[0] not in WINDOWS, fineness(cut[0]), len(parts_of(cut[1]))))
    return [finest, *draw.sample([cut for cut in cuts if cut != finest], sample - 1)]


def _members(dimension_set: str) -> str:
    members = {COLUMNS[p]: f"coalesce({GROUP_BYS[p]}, '{UNKNOWN_MEMBER}')" for p in parts_of(dimension_set)}
    return ", ".join(f"{members.get(c, 'cast(null as varchar)')} as {c}" for c in MEMBER_COLUMNS)


def _grain_query(engine: Engine, metric: Metric, grain: str, dimension_set: str) -> str:
    """MetricFlow's own values of a metric: period_start_date, members, value."""
    compiled = engine.explain([metric.name], [f"metric_time__{grain}", *(GROUP_BYS[p] for p in parts_of(dimension_set))])
    return f"""
        select '{grain}' as grain, cast(metric_time__{grain} as date) as period_start_date, {_members(dimension_set)},
            cast({metric.name} as double) as value
        from ({compiled})
        where {metric.name} is not null and metric_time__{grain} <= $as_of_date
        {PUBLISHED_DAYS}
    """


def _window_query(engine: Engine, metric: Metric, grain: str, dimension_set: str) -> str:
    """MetricFlow has no windows over ratios: its monthly values of the components, added up here, then the formula."""
    formula = formula_of(metric, engine.dictionary)
    if formula is None:
        raise MetricsError(f"metric {metric.name} has no formula over sums, and yet a {grain}")
    names = [term.component.name for term in formula.terms]
    compiled = engine.explain(names, ["metric_time__month", *(GROUP_BYS[p] for p in parts_of(dimension_set))])
    first = "periods.period_start_date - interval 11 month" if grain == "rolling_12" else "date_trunc('year', periods.period_start_date)"
    sums = ", ".join(f'sum("{name}") as "{name}"' for name in names)
    return f"""
        with months as (
            select cast(metric_time__month as date) as month_date, {_members(dimension_set)}, {", ".join(f'"{n}"' for n in names)}
            from ({compiled})
            where metric_time__month <= $as_of_date
        ),
        periods as (
            select distinct cast(date_trunc('month', period_end_date) as date) as period_start_date
            from metrics.metric_values where metric_code = $code and grain = '{grain}'
        ),
        summed as (
            select periods.period_start_date, {", ".join(f"months.{c}" for c in MEMBER_COLUMNS)}, {sums}
            from periods
            inner join months on months.month_date between {first} and periods.period_start_date
            group by all
        )
        select '{grain}' as grain, period_start_date, {", ".join(MEMBER_COLUMNS)}, cast({formula.value} as double) as value
        from summed
        where {formula.value} is not null
    """


def _compare_cut(
    connection: duckdb.DuckDBPyConnection, query: str, metric: Metric, grain: str, dimension_set: str, as_of_date: date
) -> tuple[int, list[Difference]]:
    """The number of values of a cut, and those that differ."""
    same = " and ".join(f"published.{c} is not distinct from expected.{c}" for c in MEMBER_COLUMNS)
    differs = f"""(
        published is null or expected is null
        or abs(published - expected) > {RELATIVE_TOLERANCE} * greatest(abs(published), abs(expected))
    )"""
    count, rows = connection.execute(
        f"""
        with expected as ({query}),
        published as (
            select * replace (
                case when grain in ({", ".join(f"'{w}'" for w in WINDOWS)}) then cast(date_trunc('month', period_end_date) as date)
                    else period_start_date end as period_start_date
            )
            from metrics.metric_values
            where metric_code = $code and version = {metric.governance.version}
                and grain = '{grain}' and dimension_set = '{dimension_set}' and value is not null
        ),
        together as (
            select
                '{grain}' as grain,
                coalesce(published.period_start_date, expected.period_start_date) as period_start_date,
                {", ".join(f"coalesce(published.{c}, expected.{c}) as {c}" for c in MEMBER_COLUMNS)},
                published.value as published, expected.value as expected
            from published
            full join expected on published.period_start_date = expected.period_start_date and {same}
        )
        select count(*), list((period_start_date, {", ".join(MEMBER_COLUMNS)}, published, expected)) filter (where {differs})
        from together
        where {PERIOD_END} <= $as_of_date
        """,
        {"code": metric.code, "as_of_date": as_of_date},
    ).fetchone()
    return count, [Difference(metric.name, grain, dimension_set, row[0], row[1:-2], row[-2], row[-1]) for row in rows or ()]
