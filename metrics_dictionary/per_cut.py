"""Metrics without a formula over sums (distinct counts, extremes, filtered derivations): compiled by MetricFlow for each
grain and dimension set they allow, and never added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import duckdb

from metrics_dictionary.cuts import COLUMNS, GROUP_BYS, MEMBER_COLUMNS, UNKNOWN_MEMBER, parts_of
from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.value_rows import KEYS, Run, insert_values, published_cuts, reading_marts


@dataclass(frozen=True)
class Batch:
    """Metrics that one statement gives for one grain and dimension set."""

    grain: str
    dimension_set: str
    metrics: tuple[Metric, ...]


def publish_per_cut(
    connection: duckdb.DuckDBPyConnection, engine: Engine, metrics: Iterable[Metric], run: Run, names: Collection[str]
) -> None:
    """Write the values of the metrics `names` to metrics.metric_values; periods that begin after the as-of date are left out.

    `metrics` are all that are computed per cut: they decide which metrics one statement gives.
    """
    batches = [batch for batch in plan_batches(engine.dictionary, metrics) if any(m.name in names for m in batch.metrics)]
    results: dict[str, list[str]] = defaultdict(list)
    for number, batch in enumerate(batches):
        table = f"cut_{number}"
        _build(connection, engine, table, batch, run)
        for metric in batch.metrics:
            if metric.name in names:
                results[metric.name].append(table)
    for name, tables in results.items():
        metric = engine.dictionary.published[name]
        rows = " union all ".join(f'select {KEYS}, "{name}" from temp.{table}' for table in tables)
        insert_values(connection, engine.dictionary, metric, run, rows, f'"{name}"')
        _refuse_repeats(connection, metric)
    for number in range(len(batches)):
        connection.execute(f"drop table temp.cut_{number}")


def plan_batches(dictionary: Dictionary, metrics: Iterable[Metric]) -> list[Batch]:
    """One batch for each grain, dimension set and group of metrics that one statement gives."""
    groups: dict[tuple, list[Metric]] = defaultdict(list)
    for metric in metrics:
        for cut in published_cuts(metric, dictionary):
            groups[(*cut, *_statement_key(metric, dictionary))].append(metric)
    return [Batch(grain, dimension_set, tuple(group)) for (grain, dimension_set, *_), group in groups.items()]


def batch_statement(engine: Engine, batch: Batch) -> str:
    """MetricFlow's statement for the values of a batch."""
    return engine.explain(
        [m.name for m in batch.metrics], [f"metric_time__{batch.grain}", *(GROUP_BYS[p] for p in parts_of(batch.dimension_set))]
    )


def _statement_key(metric: Metric, dictionary: Dictionary) -> tuple:
    """Metrics with the same key are columns of one statement that needs no join of results."""
    if metric.kind == "simple":
        measures = dictionary.measures_of(metric)
        used = metric.type_params["measure"]
        is_plain = not (measures[0].is_point_in_time or used.get("filter") or used.get("join_to_timespine"))
        if is_plain:
            return measures[0].semantic_model, measures[0].time_column, metric.filter
    return (metric.name,)


def _build(connection: duckdb.DuckDBPyConnection, engine: Engine, table: str, batch: Batch, run: Run) -> None:
    names = [metric.name for metric in batch.metrics]
    statement = batch_statement(engine, batch)
    members = {COLUMNS[p]: f"coalesce({GROUP_BYS[p]}, '{UNKNOWN_MEMBER}')" for p in parts_of(batch.dimension_set)}
    columns = ", ".join(f"{members.get(c, 'cast(null as varchar)')} as {c}" for c in MEMBER_COLUMNS)
    with reading_marts(names):
        connection.execute(
            f"""
            create or replace temp table {table} as
            select '{batch.grain}' as grain, cast(metric_time__{batch.grain} as date) as period_start_date,
                '{batch.dimension_set}' as dimension_set, {columns}{"".join(f', "{n}"' for n in names)}
            from ({statement})
            where metric_time__{batch.grain} <= ?
            """,
            [run.as_of_date],
        )


def _refuse_repeats(connection: duckdb.DuckDBPyConnection, metric: Metric) -> None:
    repeated = connection.execute(
        f"""
        select {KEYS}
        from metrics.metric_values where metric_code = ? and version = ? group by all having count(*) > 1 limit 1
        """,
        [metric.code, metric.governance.version],
    ).fetchone()
    if repeated:
        raise MetricsError(
            f"metric {metric.name} has two values for {repeated}; a component has rows without a member: give the fact a member,"
            " or fill the component with 0"
        )
