"""Conditions of WHERE, ON and QUALIFY as lists of what `and` holds together."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp


def conjuncts(condition: exp.Expression | None) -> Iterator[exp.Expression]:
    """The conditions that `and` holds together."""
    while isinstance(condition, exp.Paren):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.left)
        yield from conjuncts(condition.right)
    elif condition is not None:
        yield condition


def clause(select: exp.Select, name: str) -> exp.Expression | None:
    """The condition of a clause, None where the SELECT has none."""
    found = select.args.get(name)
    return found.this if found is not None else None


def numbered_by(condition: exp.Expression) -> list[exp.Expression] | None:
    """What `row_number() over (partition by ...) = 1` keeps one row of; None for any other condition."""
    if not isinstance(condition, exp.EQ) or condition.right != exp.Literal.number(1):
        return None
    window = condition.left
    if not isinstance(window, exp.Window) or not isinstance(window.this, exp.RowNumber):
        return None
    return list(window.args.get("partition_by") or [])


def is_aggregate(expression: exp.Expression) -> bool:
    """Whether an expression sums up rows: an aggregate function outside windows and subqueries."""
    if isinstance(expression, (exp.Query, exp.Window)):
        return False
    if isinstance(expression, exp.AggFunc):
        return True
    return any(is_aggregate(child) for child in expression.iter_expressions())
