"""From the rows of an aggregate to the records of the fact it was counted from, where its compiled model says how, row by row.

A measured expression is followed from the last select of the model down to a public fact: a column is what its projection says, a
sum or count is what its argument says of one record. Whatever is not that (joins, windows, tables that are not published) ends
the way with a reason, because records that only look like those behind a number are worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import sqlglot
from sqlglot import exp

from metrics_dictionary.provenance.semantics import ALIAS

FACT = "fct_"
PUBLISHED_SCHEMA = "marts"
TOUCHED = "touched"
"""Tables so named hold the dates a run rebuilds; a condition on them says when a row was built, not which rows there are."""


class UntraceableError(Exception):
    """There is no way row by row; `reason` is joins, windows, grouping, mixture, unpublished or not_compiled, `detail` what it is about."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Way:
    """A measured expression over a relation: its value, the conditions, and the aggregate's key columns as SQL over the relation."""

    value: exp.Expression
    keys: dict[str, exp.Expression]
    conditions: tuple[exp.Expression, ...] = ()


@dataclass
class Traced:
    """Ways that end in a fact, and the reasons of those that do not."""

    facts: list[tuple[str, Way]] = field(default_factory=list)
    lost: list[UntraceableError] = field(default_factory=list)


def trace(compiled: str, value: str, keys: set[str], aggregation: str) -> Traced:
    """Follow `value`, an expression over a model's columns that is summed (or min, max), to facts. `keys`: columns not measured."""
    tree = _parsed(compiled)
    relations = {cte.alias: cte.this for cte in tree.ctes}
    start = Way(_bare(sqlglot.parse_one(value, dialect="duckdb")), {key: exp.column(key) for key in keys})
    traced = Traced()
    _follow(tree, start, relations, aggregation, traced)
    return traced


@cache
def _parsed(compiled: str) -> exp.Expression:
    """A model's tree, parsed once for its fifty measures; whoever changes a part of it changes a copy."""
    return sqlglot.parse_one(compiled, dialect="duckdb")


def moved(expression: str, way: Way) -> str:
    """An expression over the aggregate's keys, qualified, as one over the fact's columns, qualified."""
    tree = sqlglot.parse_one(expression, dialect="duckdb")
    for column in list(tree.find_all(exp.Column)):
        if column.table == ALIAS:
            tree = _put(tree, column, _qualified(way.keys[column.name]))
    return tree.sql(dialect="duckdb")


def value_of(way: Way) -> str:
    """What one record adds, qualified."""
    return _qualified(way.value).sql(dialect="duckdb")


def condition_of(way: Way) -> str | None:
    """Which records of the fact are meant, qualified; None for all."""
    return " and ".join(f"({_qualified(c).sql(dialect='duckdb')})" for c in way.conditions) or None


def columns_of(expressions: list[str]) -> set[str]:
    """The columns of the mart that expressions read."""
    trees = [sqlglot.parse_one(text, dialect="duckdb") for text in expressions]
    return {column.name for tree in trees for column in tree.find_all(exp.Column) if column.table == ALIAS}


def _follow(query: exp.Expression, way: Way, relations: dict[str, exp.Expression], aggregation: str, traced: Traced) -> None:
    if isinstance(query, exp.Union):
        for side in (query.left, query.right):
            _follow(side, way, relations, aggregation, traced)
        return
    try:
        below = _through(query.unnest(), way, aggregation)
        if below is None:
            return
        source = _only_source(query.unnest())
        if not source.db and source.name in relations:
            _follow(relations[source.name], below, relations, aggregation, traced)
        else:
            traced.facts.append((_fact(source), _published_only(below)))
    except UntraceableError as error:
        traced.lost.append(error)


def _through(select: exp.Expression, way: Way, aggregation: str) -> Way | None:
    """The way over what a select reads; None when the select adds nothing to the value."""
    if not isinstance(select, exp.Select):
        raise UntraceableError("grouping", type(select).__name__)
    if select.args.get("having") or select.args.get("qualify") or select.args.get("distinct"):
        raise UntraceableError("grouping", "having, qualify or distinct")
    projections = {p.alias_or_name: p.unalias() for p in select.expressions if not p.is_star}
    has_star = any(p.is_star for p in select.expressions)
    names = {column.name for column in way.value.find_all(exp.Column)}
    if not has_star and not names <= set(projections):
        return None
    measured = [n for n in names if n in projections and projections[n].find(exp.AggFunc) and not projections[n].find(exp.Window)]
    if any(projections[n].find(exp.Window) for n in names if n in projections):
        raise UntraceableError("windows", ", ".join(sorted(names)))
    conditions: list[exp.Expression] = []
    if len(measured) > 1:
        raise UntraceableError("mixture", ", ".join(sorted(measured)))
    if measured:
        projections[measured[0]], condition = _one_record(projections[measured[0]], aggregation)
        conditions += [condition] if condition is not None else []
    elif select.args.get("group") and names - set(way.keys):
        raise UntraceableError("grouping", ", ".join(sorted(names)))
    passed = [*way.conditions, *way.keys.values()]
    if any(projections[c.name].find(exp.AggFunc) for e in passed for c in e.find_all(exp.Column) if c.name in projections):
        raise UntraceableError("mixture", ", ".join(sorted(names)))
    below = replace(
        way,
        value=_replaced(way.value, projections),
        keys={key: _replaced(expression, projections) for key, expression in way.keys.items()},
        conditions=(*(_replaced(c, projections) for c in way.conditions), *(_bare(c) for c in conditions), *_where(select)),
    )
    if _adds_nothing(below.value):
        return None
    if select.args.get("joins"):
        raise UntraceableError("joins", ", ".join(sorted({j.this.alias_or_name for j in select.args["joins"]})))
    return below


def _one_record(projection: exp.Expression, aggregation: str) -> tuple[exp.Expression, exp.Expression | None]:
    """What one row adds to an aggregate, and the condition under which it does."""
    tree, condition = projection, None
    while True:
        if isinstance(tree, exp.Cast) or (isinstance(tree, exp.Coalesce) and _is_zero(tree.expressions)):
            tree = tree.this
        elif isinstance(tree, exp.Filter):
            condition = tree.expression.this
            tree = tree.this
        else:
            break
    if isinstance(tree, exp.Count) and aggregation == "sum" and not isinstance(tree.this, exp.Distinct):
        if isinstance(tree.this, exp.Star):
            return exp.Literal.number(1), condition
        counted = exp.Is(this=tree.this.copy(), expression=exp.Null()).not_()
        return exp.Literal.number(1), counted if condition is None else exp.and_(condition, counted)
    if isinstance(tree, {"sum": exp.Sum, "min": exp.Min, "max": exp.Max}[aggregation]) and not tree.this.find(exp.AggFunc):
        return tree.this, condition
    raise UntraceableError("grouping", projection.sql(dialect="duckdb")[:80])


def _is_zero(expressions: list[exp.Expression]) -> bool:
    return len(expressions) == 1 and _adds_nothing(expressions[0])


def _adds_nothing(value: exp.Expression) -> bool:
    tree = value.unnest()
    while isinstance(tree, exp.Neg | exp.Cast):
        tree = tree.this
    return isinstance(tree, exp.Null) or (isinstance(tree, exp.Literal) and not tree.is_string and float(tree.this) == 0)


def _only_source(select: exp.Select) -> exp.Table:
    source = select.args["from_"].this if "from_" in select.args else select.args["from"].this
    if not isinstance(source, exp.Table):
        raise UntraceableError("joins", source.alias_or_name)
    return source


def _fact(source: exp.Table) -> str:
    if source.db != PUBLISHED_SCHEMA or not source.name.startswith(FACT):
        raise UntraceableError("unpublished", source.name)
    return f"{source.db}.{source.name}"


def _where(select: exp.Select) -> list[exp.Expression]:
    where = select.args.get("where")
    if where is None:
        return []
    parts = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return [_bare(part) for part in parts if not _is_about_building(part) and part.sql().upper() != "TRUE"]


def _is_about_building(condition: exp.Expression) -> bool:
    tree = condition.unnest()
    return isinstance(tree, exp.In) and any(TOUCHED in table.name for table in tree.find_all(exp.Table))


def _published_only(way: Way) -> Way:
    for expression in (way.value, *way.conditions):
        hidden = sorted({table.name for table in expression.find_all(exp.Table)})
        if hidden:
            raise UntraceableError("unpublished", ", ".join(hidden))
    return way


def _bare(expression: exp.Expression) -> exp.Expression:
    """The expression without qualifiers: it reads one relation."""
    tree = expression.copy()
    for column in tree.find_all(exp.Column):
        column.set("table", None)
    return tree


def _replaced(expression: exp.Expression, projections: dict[str, exp.Expression]) -> exp.Expression:
    tree = expression.copy()
    for column in list(tree.find_all(exp.Column)):
        if column.name in projections:
            tree = _put(tree, column, _bare(projections[column.name]))
    return tree


def _put(tree: exp.Expression, column: exp.Column, new: exp.Expression) -> exp.Expression:
    wrapped = new if isinstance(new, exp.Column | exp.Literal) else exp.paren(new)
    if column is tree:
        return wrapped
    column.replace(wrapped)
    return tree


def _qualified(expression: exp.Expression) -> exp.Expression:
    tree = expression.copy()
    for column in tree.find_all(exp.Column):
        column.set("table", exp.to_identifier(ALIAS))
    return tree
