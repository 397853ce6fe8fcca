"""How a metric's value follows from sums of its components: the formula, and how each of its terms is summed.

A term is a sum over the period, over a window that ends with the period, or over the last snapshot of the period; it may
be taken from an earlier period. Metrics that are none of this (distinct counts, extremes) have no formula here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlglot
from sqlglot import exp

from metrics_dictionary.definitions import SUMMED, Dictionary, Metric
from metrics_dictionary.errors import MetricsError

UNITS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Component:
    """A simple metric over a measure, read once per day, organisation, channel and product."""

    name: str
    semantic_model: str
    time_column: str
    time_grain: str
    filter: str | None
    snapshot: Literal["max", "min"] | None = None

    @property
    def statement_key(self) -> tuple[str, ...]:
        """Components with the same key are columns of one statement that joins no results."""
        alone = self.name if self.snapshot else ""
        return self.semantic_model, self.time_column, self.filter or "", alone


@dataclass(frozen=True)
class Term:
    """One component as a formula uses it.

    `window_start` is the first day of a running total as SQL over `last_day` ('' for the beginning of time), None for
    the period itself. `shift` is the interval by which an earlier period is meant. `filled_with` stands where only
    other terms have rows.
    """

    component: Component
    window_start: str | None = None
    shift: str | None = None
    filled_with: int | None = None

    @property
    def column(self) -> str:
        """A column name that tells terms of one component apart, in quotes."""
        marks = ["running"] if self.window_start is not None else []
        marks += [f"before {self.shift}"] if self.shift else []
        return '"' + " ".join([self.component.name, *marks]) + '"'


@dataclass(frozen=True)
class Formula:
    """Value, numerator and denominator as SQL over the terms' columns; the last two are None without a division."""

    terms: tuple[Term, ...]
    value: str
    numerator: str | None = None
    denominator: str | None = None


class NoFormulaError(MetricsError):
    """The metric is not a formula over sums; MetricFlow computes it cut by cut."""


def formula_of(metric: Metric, dictionary: Dictionary) -> Formula | None:
    """The formula of a catalogue metric; None where only MetricFlow can compute it.

    Raises MetricsError when the governance says additive or ratio and the definition is not.
    """
    if metric.governance is None:
        raise MetricsError(f"metric {metric.name} has no config.meta, so it is not in the catalogue")
    additivity = metric.governance.additivity
    try:
        formula = _formula(metric, dictionary)
    except NoFormulaError as error:
        if additivity in {"additive", "ratio"}:
            raise MetricsError(f"{error}; set additivity to semi_additive or non_additive, or define it otherwise") from error
        return None
    if additivity in {"additive", "ratio"}:
        for term in formula.terms:
            if term.component.snapshot or term.window_start is not None or term.shift:
                raise MetricsError(
                    f"metric {metric.name}: {term.column} is not a sum over the period, so the parts do not make up the"
                    f" whole and {additivity} is wrong; set additivity to semi_additive or non_additive"
                )
        if (additivity == "additive") is (formula.denominator is not None):
            raise MetricsError(f"metric {metric.name}: {'a quotient' if formula.denominator else 'a plain sum'} is not {additivity}")
    return formula


def parsed(expression: str, place: str) -> exp.Expression:
    """An SQL expression of a definition as a tree. Raises MetricsError when it is none."""
    try:
        return sqlglot.parse_one(expression, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        raise MetricsError(f"{place}: expr is not an SQL expression: {error}") from error


def _formula(metric: Metric, dictionary: Dictionary) -> Formula:
    if metric.kind in {"simple", "cumulative"}:
        term = _term(metric, dictionary)
        return Formula((term,), term.column)
    if metric.filter:
        raise NoFormulaError(f"metric {metric.name}: the filter stands on a {metric.kind} metric, not on its components")
    terms = {part.get("alias") or part["name"]: _used_term(metric, part, dictionary) for part in metric.input_metrics}
    unique = tuple(dict.fromkeys(terms.values()))
    if metric.kind == "ratio":
        numerator, denominator = (_used_term(metric, metric.type_params[side], dictionary).column for side in ("numerator", "denominator"))
        value = f"cast({numerator} as double) / cast(nullif({denominator}, 0) as double)"
        return Formula(unique, value, numerator, denominator)
    if metric.kind == "derived":
        return _derived(metric, terms, unique)
    raise NoFormulaError(f"metric {metric.name}: a {metric.kind} metric is not a formula over sums")


def _derived(metric: Metric, terms: dict[str, Term], unique: tuple[Term, ...]) -> Formula:
    tree = parsed(str(metric.type_params["expr"]), f"metric {metric.name}")
    for column in list(tree.find_all(exp.Column)):
        if column.name not in terms:
            raise MetricsError(f"metric {metric.name}: expr uses '{column.name}', which is none of its metrics ({', '.join(terms)})")
        column.set("this", exp.to_identifier(terms[column.name].column.strip('"'), quoted=True))
    value = tree.sql(dialect="duckdb")
    divisions = list(tree.find_all(exp.Div))
    if not divisions:
        return Formula(unique, value)
    if len(divisions) > 1:
        raise NoFormulaError(f"metric {metric.name}: its expr divides {len(divisions)} times")
    guarded = divisions[0].expression.unnest()
    if not isinstance(guarded, exp.Nullif):
        raise MetricsError(f"metric {metric.name}: the denominator can be 0; write a / nullif(b, 0)")
    numerator = _without_literal_factors(divisions[0].this.unnest())
    return Formula(unique, value, numerator.sql(dialect="duckdb"), guarded.this.sql(dialect="duckdb"))


def _without_literal_factors(tree: exp.Expression) -> exp.Expression:
    while isinstance(tree, exp.Mul):
        left, right = tree.this.unnest(), tree.expression.unnest()
        if isinstance(left, exp.Literal):
            tree = right
        elif isinstance(right, exp.Literal):
            tree = left
        else:
            break
    return tree


def _used_term(metric: Metric, part: dict[str, Any], dictionary: Dictionary) -> Term:
    place = f"metric {metric.name}: its component {part['name']}"
    if part.get("filter"):
        raise NoFormulaError(f"{place} is filtered where it is used; write a simple metric with that filter instead")
    if part.get("offset_to_grain"):
        raise NoFormulaError(f"{place} is taken from the start of a {part['offset_to_grain']}")
    term = _term(dictionary.metrics[part["name"]], dictionary)
    window = part.get("offset_window")
    if window:
        term = replace(term, shift=_interval(window, place))
    return term


def _term(metric: Metric, dictionary: Dictionary) -> Term:
    used = metric.type_params.get("measure")
    if metric.kind not in {"simple", "cumulative"} or not used:
        raise NoFormulaError(f"metric {metric.name} is a {metric.kind} metric, not a sum of a measure")
    measure = dictionary.measures[used["name"]]
    if measure.aggregation not in SUMMED:
        raise NoFormulaError(f"metric {metric.name}: the parts of a {measure.aggregation} do not make up the whole")
    if used.get("filter") or used.get("join_to_timespine"):
        raise NoFormulaError(f"metric {metric.name} filters its measure or joins it to the time spine")
    if measure.is_point_in_time and measure.snapshot is None:
        raise NoFormulaError(f"metric {metric.name}: its snapshot is chosen per group")
    component = Component(metric.name, measure.semantic_model, measure.time_column, measure.time_grain, metric.filter, measure.snapshot)
    if metric.kind == "simple":
        return Term(component, filled_with=used.get("fill_nulls_with"))
    return _running_term(metric, component, dictionary)


def _running_term(metric: Metric, component: Component, dictionary: Dictionary) -> Term:
    """A total to date or over a window, summed from the simple metric over the same measure."""
    place = f"metric {metric.name}"
    used, settings = metric.type_params["measure"], metric.type_params.get("cumulative_type_params") or {}
    if settings.get("period_agg") != "last":
        raise MetricsError(f"{place}: write period_agg: last, or a month shows the total on its first day")
    if component.snapshot or component.time_grain != "day" or metric.filter or used.get("fill_nulls_with") is not None:
        raise NoFormulaError(f"{place} is cumulative over a filtered, filled or point-in-time measure")
    daily = _daily_metric_over(used["name"], dictionary)
    if daily is None:
        raise NoFormulaError(f"{place}: no simple metric stands on measure {used['name']} (create_metric: true)")
    component = replace(component, name=daily)
    if settings.get("grain_to_date"):
        return Term(component, window_start=f"date_trunc('{settings['grain_to_date']}', last_day)")
    if settings.get("window"):
        return Term(component, window_start=f"last_day - {_interval(settings['window'], place)} + interval 1 day")
    return Term(component, window_start="")


def _interval(window: dict[str, Any], place: str) -> str:
    if window["granularity"] not in UNITS:
        raise NoFormulaError(f"{place}: a window in {window['granularity']}")
    return f"interval {int(window['count'])} {window['granularity']}"


def _daily_metric_over(measure: str, dictionary: Dictionary) -> str | None:
    for candidate in dictionary.metrics.values():
        used = candidate.type_params.get("measure") or {}
        if candidate.kind == "simple" and used.get("name") == measure:
            changed = candidate.filter or used.get("filter") or used.get("join_to_timespine")
            if not changed and used.get("fill_nulls_with") is None:
                return candidate.name
    return None
