"""Value, numerator and denominator of a metric over its terms, whether or not the terms can be rolled up.

Metrics without a formula over sums (distinct counts, extremes, medians, quotients of them) are computed cut by cut by MetricFlow;
over the records of one period and cut they are a formula all the same, over aggregates that are not sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import formula_of, parsed


@dataclass(frozen=True)
class RecordTerm:
    """One aggregate over records: its column in the formula, the simple metric's measure and filter, and how its period is found."""

    column: str
    measure: str
    filter: str | None = None
    window_start: str | None = None
    shift: str | None = None
    filled_with: int | None = None


@dataclass(frozen=True)
class RecordFormula:
    """A metric as SQL over the columns of its terms; numerator and denominator are None without a division."""

    terms: tuple[RecordTerm, ...]
    value: str
    numerator: str | None = None
    denominator: str | None = None


class UnderivableError(MetricsError):
    """The records behind a metric cannot be named; `reason` is a code for the texts."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def record_formula(metric: Metric, dictionary: Dictionary) -> RecordFormula:
    """The formula of a published metric over aggregates of records. Raises UnderivableError for metrics that are none."""
    formula = formula_of(metric, dictionary)
    if formula is None:
        return _per_cut(metric, dictionary)
    terms = []
    for term in formula.terms:
        simple = dictionary.metrics[term.component.name]
        measure = simple.type_params["measure"]["name"]
        terms.append(RecordTerm(term.column.strip('"'), measure, term.component.filter, term.window_start, term.shift, term.filled_with))
    return RecordFormula(tuple(terms), formula.value, formula.numerator, formula.denominator)


def _per_cut(metric: Metric, dictionary: Dictionary) -> RecordFormula:
    terms: dict[str, RecordTerm] = {}
    tree = _expression(metric, dictionary, terms)
    sides = (
        [_expression(dictionary.metrics[metric.type_params[s]["name"]], dictionary, terms) for s in ("numerator", "denominator")]
        if (metric.kind == "ratio")
        else []
    )
    texts = [side.sql(dialect="duckdb") for side in sides] or [None, None]
    return RecordFormula(tuple(terms.values()), tree.sql(dialect="duckdb"), *texts)


def _expression(metric: Metric, dictionary: Dictionary, terms: dict[str, RecordTerm]) -> exp.Expression:
    if metric.kind == "simple":
        used = metric.type_params["measure"]
        if used.get("filter") or used.get("join_to_timespine"):
            raise UnderivableError("filtered_measure", f"metric {metric.name} filters its measure or joins it to the time spine")
        terms[metric.name] = RecordTerm(metric.name, used["name"], metric.filter, filled_with=used.get("fill_nulls_with"))
        return exp.column(metric.name, quoted=True)
    if metric.filter or metric.kind not in {"ratio", "derived"}:
        raise UnderivableError(metric.kind, f"metric {metric.name} is {metric.kind}{' with a filter' if metric.filter else ''}")
    parts = {part.get("alias") or part["name"]: _part(metric, part, dictionary, terms) for part in metric.input_metrics}
    if metric.kind == "ratio":
        over, under = (
            parts[side.get("alias") or side["name"]] for side in (metric.type_params["numerator"], metric.type_params["denominator"])
        )
        return parsed(f"cast(({over.sql('duckdb')}) as double) / cast(nullif({under.sql('duckdb')}, 0) as double)", metric.name)
    tree = parsed(str(metric.type_params["expr"]), f"metric {metric.name}")
    for column in list(tree.find_all(exp.Column)):
        if column is tree:
            return parts[column.name]
        column.replace(exp.paren(parts[column.name].copy()))
    return tree


def _part(metric: Metric, part: dict[str, Any], dictionary: Dictionary, terms: dict[str, RecordTerm]) -> exp.Expression:
    if part.get("filter") or part.get("offset_window") or part.get("offset_to_grain"):
        raise UnderivableError("shifted_part", f"metric {metric.name} uses {part['name']} filtered or of another period")
    return _expression(dictionary.metrics[part["name"]], dictionary, terms)
