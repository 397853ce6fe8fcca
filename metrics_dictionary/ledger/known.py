"""Published values as they were known on a day: what a reader of that day's publication saw."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from metrics_dictionary.cuts import COLUMNS, DIMENSION_SETS, WINDOWS
from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.filters import MemberFilter, PeriodFilter, read_filter
from metrics_dictionary.ledger.picture import known_condition
from metrics_dictionary.query import COMPARISONS, MetricQuery
from metrics_dictionary.value_rows import published_cuts

KNOWN = known_condition("$known_on")


def values_as_known(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, query: MetricQuery, known_on: date
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows, as a query of today gives them, of the values that were known on a day.

    The ledger holds what was published, so a query must ask for a published cut. Raises MetricsError when it does not, when a filter
    names a dimension the cut lacks, and when nothing was published that knew the data of that day.
    """
    metrics = [dictionary.metric(code) for code in dict.fromkeys(query.codes)]
    dimension_set = _dimension_set(query)
    for metric in metrics:
        _require_cut(metric, dictionary, query.grain, dimension_set)
    _require_knowledge(connection, known_on)
    conditions, parameters = _conditions(query)
    values = [
        f"max(value) filter (where metric_code = $code_{n} and version = $version_{n}) as {metric.name}" for n, metric in enumerate(metrics)
    ]
    for n, metric in enumerate(metrics):
        parameters |= {f"code_{n}": metric.code, f"version_{n}": _version_known(connection, metric, known_on)}
    period = "period_end_date" if query.grain in WINDOWS else "period_start_date"
    keys = [period, *(f'{COLUMNS[name]} as "{name}"' for name in query.by)]
    names = [period, *(f'"{name}"' for name in query.by)]
    result = connection.execute(
        f"""
        select {", ".join([*keys, *values])}
        from metrics.metric_ledger
        where {" and ".join([KNOWN, "grain = $grain", "dimension_set = $dimension_set", "list_contains($codes, metric_code)", *conditions])}
        group by {", ".join(names)}
        order by {", ".join(f"{name} nulls last" for name in names)}
        """,
        parameters
        | {
            "known_on": known_on,
            "grain": query.grain,
            "dimension_set": dimension_set,
            "codes": [m.code for m in metrics],
        },
    )
    return [column[0] for column in result.description], result.fetchall()


def _dimension_set(query: MetricQuery) -> str:
    wanted = "+".join(sorted(query.by, key=list(COLUMNS).index if set(query.by) <= set(COLUMNS) else None)) or "total"
    if wanted not in DIMENSION_SETS:
        raise MetricsError(
            f"no values are published by {', '.join(query.by)}; the ledger holds what was published: {', '.join(DIMENSION_SETS)}"
        )
    if query.grain is None:
        raise MetricsError("the ledger holds the values of periods; name a --grain")
    return wanted


def _require_cut(metric: Metric, dictionary: Dictionary, grain: str, dimension_set: str) -> None:
    cuts = published_cuts(metric, dictionary)
    if grain not in {g for g, _ in cuts}:
        raise MetricsError(unknown_name(f"published grain of {metric.name}", grain, {g for g, _ in cuts}))
    if (grain, dimension_set) not in cuts:
        raise MetricsError(unknown_name(f"published cut of {metric.name} by {grain}", dimension_set, {s for g, s in cuts if g == grain}))


def _require_knowledge(connection: duckdb.DuckDBPyConnection, known_on: date) -> None:
    (first,) = connection.execute("select min(known_from) from metrics.metric_ledger").fetchone()
    if first is None or known_on < first:
        raise MetricsError(f"nothing was published that was known on {known_on}; the first publication knew the data up to {first}")


def _version_known(connection: duckdb.DuckDBPyConnection, metric: Metric, known_on: date) -> int:
    """An earlier version is asked for by its own name; a code means the latest version that was published on that day."""
    if metric.governance.version_of:
        return metric.governance.version
    (version,) = connection.execute(
        f"select max(version) from metrics.metric_ledger where metric_code = $code and {KNOWN}", {"code": metric.code, "known_on": known_on}
    ).fetchone()
    return metric.governance.version if version is None else version


def _conditions(query: MetricQuery) -> tuple[list[str], dict[str, Any]]:
    filters = [read_filter(text, query.by, {}) for text in query.where]
    if query.as_of:
        filters.append(PeriodFilter("<=", query.as_of, query.as_of))
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    start = "date_trunc('month', period_end_date)" if query.grain in WINDOWS else "period_start_date"
    for number, condition in enumerate(filters):
        if isinstance(condition, MemberFilter):
            test = f"list_contains($members_{number}, {COLUMNS[condition.dimension]})"
            conditions.append(f"(not {test})" if condition.is_excluding else test)
            parameters[f"members_{number}"] = list(condition.values)
            continue
        text = COMPARISONS[condition.operator].replace("{start}", start).replace("{end}", "period_end_date")
        for name, day in (("first", condition.first_day), ("last", condition.last_day)):
            if f"${name}" in text:
                text = text.replace(f"${name}", f"${name}_{number}")
                parameters[f"{name}_{number}"] = day
        conditions.append(f"({text})")
    return conditions, parameters
