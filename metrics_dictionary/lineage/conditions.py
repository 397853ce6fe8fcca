"""Parts of a SELECT: conditions that `and` holds together, aggregates, named windows."""

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


def spell_out_windows(select: exp.Select) -> None:
    """Write what a WINDOW clause defines where it is used, so that a window says by itself what it partitions and orders by."""
    defined = list(select.args.get("windows") or [])
    if not defined:
        return
    named: dict[str, exp.Window] = {}
    for window in [*defined, *(w for w in select.find_all(exp.Window) if w not in defined and w.parent_select is select)]:
        reference = window.args.get("alias")
        meant = named.get(reference.name.lower()) if reference is not None else None
        if meant is not None:
            window.set("alias", None)
            for part in ("partition_by", "order", "spec"):
                held = meant.args.get(part)
                if held and not window.args.get(part):
                    window.set(part, [item.copy() for item in held] if isinstance(held, list) else held.copy())
        if window in defined:
            named[window.name.lower()] = window
