"""A metric as one SQL expression over fields of datasets, for tools that bring their own grouping and joins.

Fields are named `<semantic model>.<measure or column>`. DuckDB's division never truncates; the expressions cast, so that no
database's does. Where a value is more than an aggregate of the rows in a group, the conditions say what the group must be.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import sqlglot
from sqlglot import exp

from metrics_dictionary.definitions import Dictionary, Measure, Metric
from metrics_dictionary.errors import MetricsError

ANSI = "postgres"
"""The dialect of sqlglot whose casts, percentiles and divisions are those of the standard."""
AGGREGATES = {
    "sum": "sum({0})",
    "sum_boolean": "sum(case when {0} then 1 else 0 end)",
    "count": "count({0})",
    "count_distinct": "count(distinct {0})",
    "average": "avg({0})",
    "min": "min({0})",
    "max": "max({0})",
    "median": "median({0})",
    "percentile": "quantile_cont({0}, {1})",
    "discrete percentile": "quantile_disc({0}, {1})",
}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
REFERENCE = re.compile(r"\{\{\s*(Dimension|Entity|TimeDimension)\(\s*'([^']+)'[^)]*\)\s*\}\}")


@dataclass(frozen=True)
class MetricExpression:
    """SQL with aggregates, the time fields its rows are counted on, and what must hold of the groups it is computed for."""

    sql: str
    time_fields: tuple[str, ...]
    conditions: tuple[str, ...]


class Expressions:
    """Writes the expressions of one dictionary's metrics."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._models = {model["name"]: model for model in json.loads(dictionary.text)["semantic_models"]}

    def of(self, metric: Metric) -> MetricExpression:
        """The expression of a catalogue metric. Raises MetricsError for a kind of metric that has none."""
        writer = _Writer(self._dictionary, self._models, metric)
        tree = writer.tree(metric, ())
        return MetricExpression(tree.sql(ANSI), tuple(writer.time_fields), tuple(writer.conditions))


@dataclass
class _Writer:
    """One metric's expression in the making; the two dictionaries are ordered sets."""

    dictionary: Dictionary
    models: dict[str, dict[str, Any]]
    metric: Metric
    time_fields: dict[str, None] = field(default_factory=dict)
    conditions: dict[str, None] = field(default_factory=dict)

    def tree(self, metric: Metric, filters: tuple[str, ...]) -> exp.Expression:
        """The expression of a metric or a component of it, `filters` being the templates of those that use it."""
        filters = (*filters, metric.filter) if metric.filter else filters
        if metric.kind == "simple":
            return self._simple(metric, filters)
        if metric.kind == "cumulative":
            return self._cumulative(metric, filters)
        if metric.kind == "ratio":
            top, bottom = (self._part(metric.type_params[side], filters) for side in ("numerator", "denominator"))
            return _parsed("top / nullif(bottom, 0)", {"top": top, "bottom": bottom})
        if metric.kind == "derived":
            parts = {part.get("alias") or part["name"]: self._part(part, filters) for part in metric.input_metrics}
            return _parsed(str(metric.type_params["expr"]), parts)
        raise self._refused(f"{metric.name} is a {metric.kind} metric")

    def _part(self, part: dict[str, Any], filters: tuple[str, ...]) -> exp.Expression:
        tree = self.tree(self.dictionary.metrics[part["name"]], filters + _templates(part))
        if part.get("offset_to_grain"):
            raise self._refused(f"{part['name']} is taken from the start of a {part['offset_to_grain']}")
        window = part.get("offset_window")
        if not window:
            return tree
        grain = self.metric.governance.coarsest_grain
        months = MONTHS.get(window["granularity"], 0) * int(window["count"])
        if not months or grain not in MONTHS or months % MONTHS[grain]:
            raise self._refused(f"{part['name']} is taken from {window['count']} {window['granularity']} before a {grain}")
        measure = self.dictionary.measures_of(self.dictionary.metrics[part["name"]])[0]
        time = f"{measure.semantic_model}.{measure.time_column}"
        self.conditions[f"Group by {time} per {grain}, with a row for every {grain}."] = None
        return _parsed(f"lag(part, {months // MONTHS[grain]}) over (order by min({time}))", {"part": tree})

    def _simple(self, metric: Metric, filters: tuple[str, ...]) -> exp.Expression:
        used = metric.type_params["measure"]
        measure = self.dictionary.measures[used["name"]]
        tree = self._aggregate(measure, filters + _templates(used))
        filled = used.get("fill_nulls_with")
        return tree if filled is None else _parsed(f"coalesce(part, {int(filled)})", {"part": tree})

    def _cumulative(self, metric: Metric, filters: tuple[str, ...]) -> exp.Expression:
        used = metric.type_params["measure"]
        measure = self.dictionary.measures[used["name"]]
        tree, time = self._aggregate(measure, filters + _templates(used)), f"{measure.semantic_model}.{measure.time_column}"
        settings = metric.type_params.get("cumulative_type_params") or {}
        window, start = settings.get("window"), settings.get("grain_to_date")
        grain = window["granularity"] if window else measure.time_grain
        self.conditions[
            f"Group by {time} per {grain}, with a row for every {grain}; the value of a longer period is that of its last {grain}."
        ] = None
        partition = f"partition by {', '.join(_parts_of_start(f'min({time})', start))} " if start else ""
        first = f"{int(window['count']) - 1} PRECEDING" if window else "UNBOUNDED PRECEDING"
        return _parsed(f"sum(part) over ({partition}order by min({time}) ROWS between {first} and current row)", {"part": tree})

    def _aggregate(self, measure: Measure, filters: tuple[str, ...]) -> exp.Expression:
        model = measure.semantic_model
        time, value = f"{model}.{measure.time_column}", f"{model}.{measure.name}"
        self.time_fields[time] = None
        if measure.is_point_in_time:
            chosen = {"max": "last", "min": "first"}.get(measure.snapshot, "last of its group")
            self.conditions[f"Take {value} on the {chosen} {time} of the period only; it is not added up over time."] = None
        if filters:
            value = f"case when {' and '.join(f'({self._condition(text, measure)})' for text in filters)} then {value} end"
        entry = next(m for m in self.models[model]["measures"] if m["name"] == measure.name)
        settings = entry.get("agg_params") or {}
        name = "discrete percentile" if settings.get("use_discrete_percentile") else measure.aggregation
        return _parsed(AGGREGATES[name].format(value, settings.get("percentile")), {})

    def _condition(self, template: str, measure: Measure) -> str:
        def column(match: re.Match[str]) -> str:
            kind, name = match.groups()
            if kind == "TimeDimension" and name == "metric_time":
                return f"{measure.semantic_model}.{measure.time_column}"
            entity, _, own = name.rpartition("__")
            for model in (measure.semantic_model, *self.models):
                semantic_model = self.dictionary.semantic_models[model]
                if kind == "Entity" and name in semantic_model.entities:
                    return f"{model}.{entity_column(self.models[model], name)}"
                if kind != "Entity" and semantic_model.primary_entity == entity and _has_dimension(self.models[model], own):
                    return f"{model}.{own}"
            raise self._refused(f"its filter names {name}, which no semantic model has")

        return REFERENCE.sub(column, template)

    def _refused(self, reason: str) -> MetricsError:
        return MetricsError(
            f"metric {self.metric.name} cannot be written as one expression: {reason}; define it by sums, ratios and offsets of whole"
            f" {self.metric.governance.coarsest_grain}s"
        )


def entity_column(model: dict[str, Any], entity: str) -> str:
    """The column of a semantic model (as the manifest has it) in which the members of an entity stand."""
    return next(str(e.get("expr") or e["name"]) for e in model["entities"] if e["name"] == entity)


def _has_dimension(model: dict[str, Any], name: str) -> bool:
    return any(dimension["name"] == name for dimension in model["dimensions"])


def _templates(part: dict[str, Any]) -> tuple[str, ...]:
    return tuple(entry["where_sql_template"].strip() for entry in (part.get("filter") or {}).get("where_filters") or [])


def _parts_of_start(time: str, grain: str) -> list[str]:
    """What two days of one year, quarter or month have in common, as SQL."""
    return [f"extract({part} from {time})" for part in ("year", *([grain] if grain != "year" else []))]


def _parsed(text: str, parts: dict[str, exp.Expression]) -> exp.Expression:
    """A DuckDB expression with each column named in `parts` replaced by that part."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    for column in list(tree.find_all(exp.Column)):
        part = parts.get(column.name) if not column.table else None
        if part is not None:
            column.replace(exp.Paren(this=part.copy()) if isinstance(part, exp.Binary) else part.copy())
    return tree
