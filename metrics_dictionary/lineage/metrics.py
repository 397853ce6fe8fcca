"""Which columns of marts a metric reads, and how: its measures, filters, dates, and everything it can be cut by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sqlglot import exp

from metrics_dictionary.cuts import GROUP_BYS
from metrics_dictionary.definitions import Dictionary, Measure, Metric, SemanticModel
from metrics_dictionary.formulas import parsed
from metrics_dictionary.lineage.project import Edge
from metrics_dictionary.lineage.relations import ROWS, Column

METRIC = "metric"
"""The table under whose name a metric stands in the lineage, its code being the column."""

_NAMED = re.compile(r"(?:Dimension|TimeDimension|Entity)\(\s*['\"](\w+)['\"]")


def metric_edges(dictionary: Dictionary) -> list[Edge]:
    """The edges from columns of marts to every published metric; the versions of a metric count together."""
    found: dict[Edge, None] = {}
    for metric in dictionary.published.values():
        target = Column(METRIC, metric.code)
        found |= dict.fromkeys(
            Edge(source, target, use, (text,) if text else ()) for source, use, text in _reads(metric, metric, dictionary)
        )
    return list(found)


Read = tuple[Column, str, str]


def _reads(metric: Metric, published: Metric, dictionary: Dictionary) -> Iterator[Read]:
    used = metric.type_params.get("measure") or {}
    for entry in [used, *(metric.type_params.get("input_measures") or [])] if metric.kind in {"simple", "cumulative"} else []:
        if entry.get("name"):
            measure = dictionary.measures[entry["name"]]
            yield from _measure(measure, dictionary)
            yield from _cuts(dictionary.semantic_models[measure.semantic_model], published, dictionary)
            yield from _filter(entry.get("filter"), measure, dictionary)
            if metric.filter:
                yield from _names_in(metric.filter, measure, dictionary)
            if entry.get("join_to_timespine"):
                yield from _time_spine(dictionary)
    for part in metric.input_metrics:
        inner = dictionary.metrics[part["name"]]
        yield from _reads(inner, published, dictionary)
        for measure in dictionary.measures_of(inner):
            yield from _filter(part.get("filter"), measure, dictionary)
        if part.get("offset_window") or part.get("offset_to_grain"):
            yield from _time_spine(dictionary)


def _measure(measure: Measure, dictionary: Dictionary) -> Iterator[Read]:
    model = dictionary.semantic_models[measure.semantic_model]
    yield Column(model.table, ROWS), "rows", ""
    text = f"{measure.aggregation}({measure.expression})"
    for column in _columns(measure.expression, measure.name):
        yield Column(model.table, column), "value", text
    for name in (measure.time_column, *measure.snapshot_names):
        for column in _columns(model.expressions[name], name):
            yield Column(model.table, column), "group", f"by {name}"


def _cuts(model: SemanticModel, published: Metric, dictionary: Dictionary) -> Iterator[Read]:
    for dimension in dictionary.dimensions_of(published):
        names = [full for part, full in GROUP_BYS.items() if full.partition("__")[0] == dimension and (part == dimension or "__" in full)]
        for name in [dimension, *names]:
            yield from _named(name, model, dictionary, "group", f"by {name}")


def _filter(entry: dict | None, measure: Measure, dictionary: Dictionary) -> Iterator[Read]:
    for condition in (entry or {}).get("where_filters") or []:
        yield from _names_in(condition["where_sql_template"], measure, dictionary)


def _names_in(template: str, measure: Measure, dictionary: Dictionary) -> Iterator[Read]:
    text = "where " + re.sub(r"\{\{\s*\w+\(\s*['\"](\w+)['\"][^}]*\}\}", r"\1", template).strip()
    for name in _NAMED.findall(template):
        yield from _named(name, dictionary.semantic_models[measure.semantic_model], dictionary, "filter", text)


def _named(name: str, model: SemanticModel, dictionary: Dictionary, use: str, text: str) -> Iterator[Read]:
    """What `entity__dimension`, or an entity alone, reads: the mart's own column, or one of the table the entity is the key of."""
    entity, _, dimension = name.partition("__")
    if not dimension or (entity == model.primary_entity and dimension in model.expressions):
        for column in _columns(model.expressions.get(dimension or entity, ""), name):
            yield Column(model.table, column), use, text
        return
    if entity not in model.expressions:
        return
    for other in dictionary.semantic_models.values():
        if other.primary_entity != entity or dimension not in other.expressions:
            continue
        yield Column(other.table, ROWS), "rows", ""
        for table, expression in ((model.table, model.expressions[entity]), (other.table, other.expressions.get(entity, entity))):
            for column in _columns(expression, entity):
                yield Column(table, column), "join", f"on {entity}"
        for column in _columns(other.expressions[dimension], name):
            yield Column(other.table, column), use, text


def _time_spine(dictionary: Dictionary) -> Iterator[Read]:
    for table, column in dictionary.time_spines:
        yield Column(table, column), "join", "every day"


@cache
def _columns(expression: str, place: str) -> tuple[str, ...]:
    return tuple(column.name.lower() for column in parsed(expression, place).find_all(exp.Column)) if expression else ()
