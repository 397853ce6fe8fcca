"""Random edits of compiled SQL, such as people make by mistake."""

from __future__ import annotations

import random
from collections.abc import Callable

from sqlglot import exp, parse_one

Edit = Callable[[exp.Expression, random.Random], str | None]
"""Changes a tree in place; returns what it did, None where there is nothing of the kind to change."""

AGGREGATES = {exp.Sum: exp.Max, exp.Max: exp.Min, exp.Min: exp.Max}
COMPARISONS = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT, exp.EQ: exp.NEQ}
TYPES = ("integer", "double", "decimal(18, 0)", "varchar", "date")


def mutate(sql: str, chance: random.Random) -> tuple[str, str, str] | None:
    """The SQL after one random edit, the kind of edit and what it did; None where no edit could be made."""
    tree = parse_one(sql, dialect="duckdb")
    for edit in chance.sample(EDITS, len(EDITS)):
        what = edit(tree, chance)
        if what:
            changed = tree.sql(dialect="duckdb")
            return (changed, edit.__name__, what) if changed != parse_one(sql, dialect="duckdb").sql(dialect="duckdb") else None
    return None


def drop_filter(tree: exp.Expression, chance: random.Random) -> str | None:
    """Remove one condition of a WHERE, HAVING or QUALIFY."""
    clauses = [c for c in tree.find_all(exp.Where, exp.Having, exp.Qualify) if not isinstance(c.parent, exp.Filter)]
    if not clauses:
        return None
    clause = chance.choice(clauses)
    conditions = list(clause.this.flatten()) if isinstance(clause.this, exp.And) else [clause.this]
    gone = chance.choice(conditions)
    text = gone.sql("duckdb")
    gone.replace(exp.true())
    return f"drop filter {text}"


def drop_aggregate_filter(tree: exp.Expression, chance: random.Random) -> str | None:
    """Remove the FILTER of an aggregate."""
    filters = list(tree.find_all(exp.Filter))
    if not filters:
        return None
    found = chance.choice(filters)
    text = found.sql("duckdb")
    found.replace(found.this)
    return f"drop the filter of {text}"


def change_join(tree: exp.Expression, chance: random.Random) -> str | None:
    """Make an inner join a left one and the reverse, or join without one condition."""
    joins = [j for j in tree.find_all(exp.Join) if j.args.get("on") is not None and not j.args.get("method")]
    if not joins:
        return None
    join = chance.choice(joins)
    condition = join.args["on"]
    if isinstance(condition, exp.And) and chance.random() < 0.5:
        gone = chance.choice(list(condition.flatten()))
        text = gone.sql("duckdb")
        gone.replace(exp.true())
        return f"join without {text}"
    side = (join.args.get("side") or "").upper()
    join.set("side", None if side == "LEFT" else "LEFT")
    join.set("kind", "INNER" if side == "LEFT" else None)
    return f"join {join.this.sql('duckdb')} {'inner' if side == 'LEFT' else 'left'}"


def swap_column(tree: exp.Expression, chance: random.Random) -> str | None:
    """Read another column of the same source."""
    columns = [c for c in tree.find_all(exp.Column) if not isinstance(c.this, exp.Star) and isinstance(c.parent_select, exp.Select)]
    chance.shuffle(columns)
    for column in columns:
        others = {
            c.name
            for c in column.parent_select.find_all(exp.Column)
            if c.table == column.table and c.name != column.name and not isinstance(c.this, exp.Star)
        }
        if others:
            text, other = column.sql("duckdb"), chance.choice(sorted(others))
            if isinstance(column.parent, exp.Select):
                column.replace(exp.alias_(exp.column(other, table=column.table or None), column.name))
            else:
                column.set("this", exp.to_identifier(other))
            return f"read {other} in place of {text}"
    return None


def change_cast(tree: exp.Expression, chance: random.Random) -> str | None:
    """Cast to another type."""
    casts = list(tree.find_all(exp.Cast))
    if not casts:
        return None
    cast = chance.choice(casts)
    text, kind = cast.sql("duckdb"), chance.choice(TYPES)
    cast.set("to", exp.DataType.build(kind, dialect="duckdb"))
    return f"{text} as {kind}"


def edit_coefficient(tree: exp.Expression, chance: random.Random) -> str | None:
    """Change a number or a text."""
    literals = [n for n in tree.find_all(exp.Literal) if not n.find_ancestor(exp.DataType, exp.Group)]
    if not literals:
        return None
    literal = chance.choice(literals)
    text = literal.sql("duckdb")
    literal.set(
        "this",
        f"{literal.this}x" if literal.is_string else str(float(literal.this) + 1) if "." in literal.this else str(int(literal.this) + 1),
    )
    return f"{text} becomes {literal.sql('duckdb')}"


def change_aggregate(tree: exp.Expression, chance: random.Random) -> str | None:
    """Aggregate otherwise."""
    found = [n for n in tree.find_all(*AGGREGATES) if type(n) in AGGREGATES]
    if not found:
        return None
    node = chance.choice(found)
    text = node.sql("duckdb")
    node.replace(AGGREGATES[type(node)](this=node.this))
    return f"{text} otherwise"


def change_comparison(tree: exp.Expression, chance: random.Random) -> str | None:
    """Move the limit of a comparison, or turn it round."""
    found = [n for n in tree.find_all(*COMPARISONS) if type(n) in COMPARISONS]
    if not found:
        return None
    node = chance.choice(found)
    text = node.sql("duckdb")
    node.replace(COMPARISONS[type(node)](this=node.this, expression=node.expression))
    return f"{text} otherwise"


EDITS: list[Edit] = [
    drop_filter,
    drop_aggregate_filter,
    change_join,
    swap_column,
    change_cast,
    edit_coefficient,
    change_aggregate,
    change_comparison,
]
