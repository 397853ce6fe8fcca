"""What a join does to the rows: everything, unless it finds one row at most for each row that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from metrics_dictionary.lineage.conditions import conjuncts
from metrics_dictionary.lineage.relations import Source, Uses, Value, fingerprint, merged, used_as

if TYPE_CHECKING:
    from metrics_dictionary.lineage.select import Select


def add_join(select: Select, join: exp.Join) -> None:
    """Add the joined source to the SELECT's scope, and what the join decides to its rows. Consumes the condition."""
    source = select.statement.source(join.this, select.scope)
    place = len(select.scope.sources)
    kind, side, method = ((join.args.get(part) or "").upper() for part in ("kind", "side", "method"))
    how = " ".join(part for part in (method, side, kind, "JOIN") if part).lower()
    matched = _matched_columns(join, source)
    finds_one = method == "ASOF" or any(key <= matched for key in source.relation.keys)
    using = [name.name.lower() for name in join.args.get("using") or []]
    outer_values = {name: select.scope.resolve(exp.column(name)) for name in using}
    select.scope.sources.append(source)
    rows = source.relation.rows
    source.mark = fingerprint("joined", str(place), rows.fingerprint)
    conditions = [_using(name, outer_values[name], source) for name in using]
    for condition in list(conjuncts(join.args.get("on"))):
        conditions.append(select.scope.value(condition, "join", "on "))
    on: Uses = merged(c.uses for c in conditions)
    mark = fingerprint(how, rows.fingerprint, *sorted(c.fingerprint for c in conditions))
    is_outer = side == "LEFT" and kind not in {"SEMI", "ANTI"}
    adds_one = source.relation.is_single and not conditions and (is_outer or kind in {"", "CROSS", "INNER"}) and side in {"", "LEFT"}
    if adds_one or (is_outer and finds_one):
        source.beside, source.mark = merged([rows.uses, on]), mark
    else:
        kept_keys = select.keys if (finds_one and side in {"", "LEFT"}) or kind in {"SEMI", "ANTI"} else frozenset()
        select.take_rows(source, how)
        select.keys = kept_keys
        select.rows_from.append(dict(on))
        select.parts.append(mark)
        source.mark = mark
    if kind in {"SEMI", "ANTI"}:
        select.scope.sources.remove(source)
    for name in using:
        select.scope.merged_columns[name] = _merged_column(name, outer_values[name], source, side)


def _matched_columns(join: exp.Join, source: Source) -> frozenset[str]:
    """The columns of the source that the condition holds equal to something that is not of the source."""
    found = {name.name.lower() for name in join.args.get("using") or []}
    for condition in conjuncts(join.args.get("on")):
        if isinstance(condition, (exp.EQ, exp.NullSafeEQ)):
            for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
                if _is_of(one, source) and not any(_is_of(c, source) for c in other.find_all(exp.Column)):
                    found.add(one.name.lower())
    return frozenset(found)


def _is_of(node: exp.Expression, source: Source) -> bool:
    return isinstance(node, exp.Column) and node.table.lower() == source.alias and node.name.lower() in source.relation.columns


def _using(name: str, outer: Value, source: Source) -> Value:
    inner = source.column(name) if name in source.relation.columns else outer
    text = f"using ({name})"
    uses = merged([used_as(outer.uses, "join", text), used_as(inner.uses, "join", text)])
    return Value(fingerprint("=", *sorted((outer.fingerprint, inner.fingerprint))), uses)


def _merged_column(name: str, outer: Value, source: Source, side: str) -> Value:
    """What the bare name of a USING column stands for."""
    if side in {"", "LEFT"} or name not in source.relation.columns:
        return outer
    inner = source.column(name)
    if side == "RIGHT":
        return inner
    return Value(fingerprint("coalesce", outer.fingerprint, inner.fingerprint), merged([outer.uses, inner.uses]))
