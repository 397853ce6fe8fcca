"""Metrics with a formula over sums: components read once at the finest cut, summed by grouping sets over dimensions and
periods, then the formula. A ratio is the sum of its numerator over the sum of its denominator, never an average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import duckdb

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.engine import Engine
from metrics_dictionary.finest_sums import build_finest_tables, plan_finest_tables
from metrics_dictionary.formulas import Formula
from metrics_dictionary.term_tables import TermTables, create_periods
from metrics_dictionary.value_rows import Run, insert_values, published_cuts


def publish_roll_ups(
    connection: duckdb.DuckDBPyConnection, engine: Engine, formulas: Mapping[str, Formula], run: Run, names: Collection[str]
) -> None:
    """Write the values of the metrics `names` to metrics.metric_values.

    `formulas` (name to formula) are those of every metric there is: they decide which components one statement reads.
    """
    dictionary = engine.dictionary
    planned = plan_finest_tables(dictionary, [term.component for formula in formulas.values() for term in formula.terms])
    formulas = {name: formula for name, formula in formulas.items() if name in names}
    read = {term.component.name for formula in formulas.values() for term in formula.terms}
    finest = build_finest_tables(connection, engine, [table for table in planned if read & set(table.component_names)], run)
    create_periods(connection, set(finest.values()), run.as_of_date)
    tables = TermTables(connection, finest)
    for name, formula in formulas.items():
        metric = dictionary.published[name]
        for term in formula.terms:
            finest[term.component.name].refuse_finer_than(metric.governance.grains, name)
        tables.need(formula, published_cuts(metric, dictionary))
    for name, formula in formulas.items():
        metric = dictionary.published[name]
        insert_values(
            connection,
            dictionary,
            metric,
            run,
            tables.rows_of(formula),
            formula.value,
            formula.numerator,
            formula.denominator,
            condition=_cut_condition(metric, dictionary, tables.first_rolling_month(formula)),
        )
    tables.drop()
    for table in set(finest.values()):
        connection.execute(f"drop table temp.{table.name}")
    connection.execute("drop table temp.published_periods")


def _cut_condition(metric: Metric, dictionary: Dictionary, first_rolling_month: str) -> str:
    by_grain: dict[str, list[str]] = defaultdict(list)
    for grain, dimension_set in published_cuts(metric, dictionary):
        by_grain[grain].append(f"'{dimension_set}'")
    only_full = {"rolling_12": f" and period_start_date >= {first_rolling_month}"}
    tests = [f"(grain = '{grain}' and dimension_set in ({', '.join(sets)}){only_full.get(grain, '')})" for grain, sets in by_grain.items()]
    return f"({' or '.join(tests)})"
