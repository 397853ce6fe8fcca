"""Published values beside each other: parts beside their total, and quotients beside what they are the quotient of.

Every check is SQL over metrics.metric_values alone: it holds for whoever reads the table, however the values were made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

import duckdb
import sqlglot
from sqlglot import exp

from metrics_dictionary.cuts import COLUMNS, DIMENSION_SETS, MEMBER_COLUMNS, parts_of
from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import Formula, formula_of

TOLERANCE = 1e-12
"""Values are doubles of exact decimals; relative to the sum of the parts' sizes, or to the terms of the quotient."""

KEYS = "metric_code, version, grain, period_start_date, period_end_date"

NOTHING = (
    f"select {KEYS}, dimension_set, {', '.join(MEMBER_COLUMNS)}, value as published, value as rebuilt from metrics.metric_values limit 0"
)

COARSER_GRAINS = {"month": "quarter", "quarter": "year"}


@dataclass(frozen=True)
class Check:
    """One check over all rows: how many numbers were rebuilt, and those that differ, with the first of them as text."""

    subject: str
    metrics: int
    rebuilt: int
    differing: int
    examples: tuple[str, ...]


def check_arithmetic(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> list[Check]:
    """Check what adds up over members and over time, and every quotient. Raises MetricsError.

    Values of additive metrics add up, and so do numerators and denominators of ratios, where they are sums.
    """
    additive = [metric for metric in dictionary.published.values() if metric.governance.additivity == "additive"]
    ratios = [
        (metric, formula_of(metric, dictionary)) for metric in dictionary.published.values() if metric.governance.additivity == "ratio"
    ]
    summed = [
        ("values of additive metrics", "value", additive),
        ("numerators of ratios", "numerator", [metric for metric, formula in ratios if is_sum(formula.numerator)]),
        ("denominators of ratios", "denominator", [metric for metric, formula in ratios if is_sum(formula.denominator)]),
    ]
    checks = []
    for subject, column, metrics in summed:
        checks.append(_check_sums(connection, f"{subject} over members", metrics, _sums_over_members(metrics, column)))
        checks.append(_check_sums(connection, f"{subject} over months and quarters", metrics, _sums_over_time(metrics, column)))
    return [*checks, _check_quotients(connection, dictionary)]


def is_sum(text: str) -> bool:
    """Whether an expression over sums is itself one: sums, differences and multiples of its columns.

    A quotient of quotients is written over one line, a product of sums over a product of sums; such products do not add up.
    """
    return _is_sum(sqlglot.parse_one(text, dialect="duckdb"))


def _is_sum(tree: exp.Expression) -> bool:
    if isinstance(tree, exp.Column):
        return True
    if isinstance(tree, exp.Paren | exp.Neg | exp.Cast):
        return _is_sum(tree.this)
    if isinstance(tree, exp.Add | exp.Sub):
        return _is_sum(tree.this) and _is_sum(tree.expression)
    if isinstance(tree, exp.Mul):
        return any(isinstance(one.unnest(), exp.Literal) and _is_sum(other) for one, other in permutations((tree.this, tree.expression)))
    return False


def quotient_of(formula: Formula) -> str | None:
    """The formula's value as SQL over the columns numerator and denominator; None where it needs more than these."""
    if formula.numerator is None:
        return None
    tree = sqlglot.parse_one(formula.value, dialect="duckdb")
    names = {formula.numerator: "numerator", formula.denominator: "denominator"}
    for text, name in names.items():
        wanted = sqlglot.parse_one(text, dialect="duckdb")
        division = next(tree.find_all(exp.Div))
        side = division.this if name == "numerator" else division.expression
        for node in side.find_all(type(wanted)):
            if node == wanted:
                node.replace(exp.column(name))
                break
    if {column.name for column in tree.find_all(exp.Column)} - set(names.values()):
        return None
    return tree.sql(dialect="duckdb")


def _sums_over_members(metrics: Iterable[Metric], column: str) -> str:
    """Every dimension set beside each set with one part less, whose members its own members divide."""
    links = ", ".join(
        f"('{finer}', '{coarser}', {', '.join(str(c in {COLUMNS[p] for p in parts_of(coarser)}) for c in MEMBER_COLUMNS)})"
        for finer in DIMENSION_SETS
        for part in parts_of(finer)
        for coarser in ["+".join(p for p in parts_of(finer) if p != part) or "total"]
    )
    kept = ", ".join(f"keeps_{c}" for c in MEMBER_COLUMNS)
    members = ", ".join(f"case when keeps_{c} then {c} end as {c}" for c in MEMBER_COLUMNS)
    return f"""
        with links as (select * from (values {links}) as links (finer, coarser, {kept})),
        additive as (select * from metrics.metric_values where {_is_one_of(metrics)}),
        published as (select distinct metric_code, version, grain, dimension_set as finer from additive)
        select {KEYS}, finer || ' to ' || coarser as step, {members}, {column} as part, null as whole
        from additive inner join links on dimension_set = finer
        union all
        select {KEYS}, finer || ' to ' || coarser, {", ".join(MEMBER_COLUMNS)}, null, {column}
        from additive inner join links on dimension_set = coarser semi join published using (metric_code, version, grain, finer)
    """


def _sums_over_time(metrics: Iterable[Metric], column: str) -> str:
    """Months beside their quarter and quarters beside their year."""
    return " union all ".join(
        f"""
        select
            metric_code, version, '{coarser}' as grain, cast(date_trunc('{coarser}', period_start_date) as date) as period_start_date,
            cast(date_trunc('{coarser}', period_start_date) + interval 1 {coarser} - interval 1 day as date) as period_end_date,
            dimension_set || ' from {finer}' as step, {", ".join(MEMBER_COLUMNS)}, {column} as part, null as whole
        from metrics.metric_values
        where grain = '{finer}' and {_is_one_of(m for m in metrics if coarser in m.governance.grains)}
        union all
        select {KEYS}, dimension_set || ' from {finer}', {", ".join(MEMBER_COLUMNS)}, null, {column}
        from metrics.metric_values
        where grain = '{coarser}' and {_is_one_of(m for m in metrics if finer in m.governance.grains)}
        """
        for finer, coarser in COARSER_GRAINS.items()
    )


def _check_sums(connection: duckdb.DuckDBPyConnection, subject: str, metrics: list[Metric], rows: str) -> Check:
    """The parts that the query `rows` yields, added up, beside the whole it yields under the same keys."""
    members = ", ".join(MEMBER_COLUMNS)
    row = connection.execute(
        f"""
        with rebuilt as (
            select {KEYS}, step, {members}, fsum(part) as rebuilt, sum(abs(part)) as size, max(whole) as published
            from ({rows})
            group by all
        ),
        compared as (
            select *, rebuilt is distinct from published and coalesce(abs(rebuilt - published) > {TOLERANCE} * size, true) as differs
            from rebuilt
        )
        select count(*), count(*) filter (where differs), {_examples("step")}
        from compared
        """
    ).fetchone()
    return Check(subject, len(metrics), row[0], row[1], tuple(row[2] or ()))


def _check_quotients(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> Check:
    by_quotient: dict[str, list[Metric]] = defaultdict(list)
    for metric in dictionary.published.values():
        formula = formula_of(metric, dictionary)
        if formula and formula.numerator:
            quotient = quotient_of(formula)
            if quotient is None:
                raise MetricsError(f"metric {metric.name}: its value does not follow from its numerator and denominator")
            by_quotient[quotient].append(metric)
    selects = " union all ".join(
        f"""
        select {KEYS}, dimension_set, {", ".join(MEMBER_COLUMNS)}, value as published, {quotient} as rebuilt
        from metrics.metric_values where {_is_one_of(metrics)}
        """
        for quotient, metrics in by_quotient.items()
    )
    differs = f"""
        rebuilt is distinct from published
        and coalesce(abs(rebuilt - published) > {TOLERANCE} * greatest(1, abs(rebuilt), abs(published)), true)
    """
    row = connection.execute(
        f"""
        with compared as (select *, {differs} as differs from ({selects}))
        select count(*), count(*) filter (where differs), {_examples("dimension_set")} from compared
        """
    ).fetchone()
    return Check("numerator over denominator", sum(map(len, by_quotient.values())), row[0], row[1], tuple(row[2] or ()))


def _examples(place: str) -> str:
    words = ["metric_code", "grain", "period_start_date", "period_end_date", place, *MEMBER_COLUMNS]
    return f"list(concat_ws(' ', {', '.join(words)}, 'published', published, 'rebuilt', rebuilt)) filter (where differs)[:5]"


def _is_one_of(metrics: Iterable[Metric]) -> str:
    pairs = ", ".join(f"('{metric.code}', {metric.governance.version})" for metric in metrics)
    return f"(metric_code, version) in ({pairs})" if pairs else "false"
