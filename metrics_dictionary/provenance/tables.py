"""What a publication says of the records behind its values: schema `metrics`, tables metric_formulas and metric_records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp

from metrics_dictionary.definitions import Dictionary, Measure
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.provenance.semantics import Semantics, table_of
from metrics_dictionary.provenance.terms import RecordFormula, RecordTerm, UnderivableError, record_formula
from metrics_dictionary.provenance.tracing import FACT, Way, columns_of, condition_of, moved, trace, value_of
from metrics_dictionary.publication_tables import insert_rows

TRACED = ("sum", "min", "max")
TABLES = """
create or replace table metrics.metric_formulas (
    metric_code varchar not null, version integer not null, value_expression varchar,
    numerator_expression varchar, denominator_expression varchar, obstacle varchar,
    primary key (metric_code, version)
);
create or replace table metrics.metric_records (
    metric_code varchar not null, version integer not null, term varchar not null, sides varchar[] not null, level varchar not null,
    table_name varchar not null, aggregation varchar not null, quantile double, measure_expression varchar not null,
    time_expression varchar not null, condition varchar, members json not null, columns_read varchar[] not null,
    snapshot varchar, window_start varchar, shift varchar, filled_with integer,
    facts varchar[] not null, obstacle varchar, obstacle_detail varchar
);
"""


def write_records(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, manifest_path: Path) -> None:
    """Make both tables anew. `manifest_path`: dbt's manifest.json; without it, or its compiled models, facts are not reached."""
    connection.execute(TABLES)
    semantics = Semantics(dictionary)
    models = _models(manifest_path)
    formulas, records = [], []
    for metric in dictionary.published.values():
        key = (metric.code, metric.governance.version)
        try:
            formula = record_formula(metric, dictionary)
            rows = [(*key, *row) for term in formula.terms for row in _rows(term, formula, dictionary, semantics, models)]
        except UnderivableError as error:
            formulas.append((*key, None, None, None, error.reason))
            continue
        formulas.append((*key, formula.value, formula.numerator, formula.denominator, None))
        records += rows
    insert_rows(connection, "metrics.metric_formulas", formulas)
    insert_rows(connection, "metrics.metric_records", records)


def _rows(
    term: RecordTerm, formula: RecordFormula, dictionary: Dictionary, semantics: Semantics, models: dict[str, dict[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    """The row of the mart a term adds up, and one for each fact its rows were counted from."""
    measure = dictionary.measures[term.measure]
    model = semantics.models[measure.semantic_model]
    value = semantics.measure(measure.semantic_model, measure.name)
    time = semantics.time(measure.semantic_model, measure.time_column, measure.time_grain)
    members = semantics.members(measure.semantic_model)
    try:
        condition = semantics.condition(measure.semantic_model, term.filter) if term.filter else None
    except MetricsError as error:
        raise UnderivableError("filter", str(error)) from error
    if measure.is_point_in_time and measure.snapshot is None:
        raise UnderivableError("snapshot", f"measure {measure.name}: its snapshot is chosen per group")
    sides = _sides(term.column, formula)
    aggregation = "sum" if measure.aggregation in {"sum", "sum_boolean", "count"} else measure.aggregation
    period = (measure.snapshot, term.window_start, term.shift, term.filled_with)
    facts, found, obstacle, detail = [], [], None, None
    alias = model["node_relation"]["alias"]
    if not alias.startswith(FACT):
        facts = sorted(parent for parent in models.get(alias, {}).get("parents", ()) if parent.startswith(FACT))
        found, obstacle, detail = _traced(
            measure, aggregation, value, [time, *members.values(), *([condition] if condition else [])], alias, models
        )
    columns = sorted(columns_of([value, time, *members.values(), *([condition] if condition else [])]))
    yield (
        term.column, sides, "mart", table_of(model), aggregation, measure.quantile, value, time, condition, members, columns,
        *period, facts, obstacle, detail,
    )  # fmt: skip
    for fact, way in found:
        conditions = [text for text in (condition_of(way), moved(condition, way) if condition else None) if text]
        moved_members = {part: moved(text, way) for part, text in members.items()}
        parts = [value_of(way), moved(time, way), *moved_members.values(), *conditions]
        yield (
            term.column, sides, "fact", fact, aggregation, measure.quantile, value_of(way), moved(time, way),
            " and ".join(conditions) or None, moved_members, sorted(columns_of(parts)), *period, [], None, None,
        )  # fmt: skip


def _traced(
    measure: Measure, aggregation: str, value: str, others: list[str], alias: str, models: dict[str, dict[str, Any]]
) -> tuple[list[tuple[str, Way]], str | None, str | None]:
    """The facts an aggregate's rows were counted from, and why not all of them are there."""
    compiled = models.get(alias, {}).get("compiled")
    if not compiled:
        return [], "not_compiled", alias
    if aggregation not in TRACED or measure.is_point_in_time:
        return [], "snapshot" if measure.is_point_in_time else "not_a_sum", alias
    traced = trace(compiled, value, columns_of(others), aggregation)
    if not traced.lost:
        return traced.facts, None, None
    reasons = {error.reason: error for error in traced.lost}
    worst = next(iter(reasons.values()))
    details = sorted({e.detail for e in traced.lost if e.reason == worst.reason and e.detail})
    return traced.facts, worst.reason, ", ".join(details)


def _sides(column: str, formula: RecordFormula) -> list[str]:
    """Where a term stands: numerator, denominator or both; value where the metric is no quotient, or the term is neither."""
    texts = {"numerator": formula.numerator, "denominator": formula.denominator}
    found = [side for side, text in texts.items() if text and column in _columns(text)]
    return found or ["value"]


def _columns(expression: str) -> set[str]:
    return {column.name for column in sqlglot.parse_one(expression, dialect="duckdb").find_all(exp.Column)}


def _models(manifest_path: Path) -> dict[str, dict[str, Any]]:
    """Model name to its compiled SQL and the names of its parents."""
    if not manifest_path.exists():
        return {}
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    return {
        node["name"]: {"compiled": node.get("compiled_code"), "parents": [p.split(".")[-1] for p in node["depends_on"]["nodes"]]}
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
