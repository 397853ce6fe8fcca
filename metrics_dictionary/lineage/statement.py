"""What a SELECT makes: for every column of its result, and for its rows, the columns of tables they come from.

A left join that finds one row at most (its keys are grouped, distinct, or numbered by the statement itself) leaves the rows as they are;
every other join decides which rows there are, and so does every filter and group.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from metrics_dictionary.lineage.relations import Column, Relation, Source, Value, fingerprint, merged, used_as
from metrics_dictionary.lineage.scope import Scope
from metrics_dictionary.lineage.select import Select

FindTable = Callable[[exp.Table], Relation | None]


class Statement:
    """One compiled statement; `find_table` gives the relation of a table that is no CTE. `problems` holds what could not be resolved."""

    def __init__(self, find_table: FindTable) -> None:
        self.find_table = find_table
        self.problems: list[str] = []

    def result(self, tree: exp.Expression) -> Relation:
        """The relation a query gives. Consumes the tree."""
        return self._relation(tree, {}, None)

    def _relation(self, node: exp.Expression, ctes: dict[str, Relation], parent: Scope | None) -> Relation:
        ctes = dict(ctes)
        with_ = node.args.get("with_")
        for cte in with_.expressions if with_ else []:
            ctes[cte.alias.lower()] = self._cte(cte, ctes, parent, bool(with_.args.get("recursive")))
        if isinstance(node, (exp.Subquery, exp.Paren)):
            return self._relation(node.this, ctes, parent)
        if isinstance(node, exp.SetOperation):
            return self._set_operation(node, ctes, parent)
        if isinstance(node, exp.Values):
            return self._values(node, ctes, parent)
        if isinstance(node, exp.Select):
            return self._select(node, ctes, parent)
        self.problems.append(f"a {type(node).__name__} is not understood: {node.sql('duckdb', copy=False)[:80]}")
        return Relation({}, fingerprint(node.sql("duckdb", copy=False)), {})

    def _cte(self, cte: exp.CTE, ctes: dict[str, Relation], parent: Scope | None, recursive: bool) -> Relation:
        names = [c.name.lower() for c in cte.args["alias"].args.get("columns") or []]
        name = cte.alias.lower()
        refers_to_itself = recursive and any(t.name.lower() == name and not t.db for t in cte.this.find_all(exp.Table))
        if not refers_to_itself or not isinstance(cte.this, exp.SetOperation):
            return _renamed(self._relation(cte.this, ctes, parent), names)
        known = _renamed(self._relation(cte.this.this.copy(), ctes, parent), names)
        for _ in range(len(known.columns) + 1):
            found = _renamed(self._relation(cte.this.copy(), {**ctes, name: known}, parent), names)
            if _reach(found) == _reach(known):
                break
            known = Relation(found.columns, known.core, found.rows_from)
        return found

    def _set_operation(self, node: exp.SetOperation, ctes: dict[str, Relation], parent: Scope | None) -> Relation:
        sides = [self._relation(side, ctes, parent) for side in (node.left, node.right)]
        left, right = sides
        kind = f"{type(node).__name__} {'distinct' if node.args.get('distinct') else 'all'}"
        columns = {}
        if node.args.get("by_name"):
            for name in dict.fromkeys([*left.columns, *right.columns]):
                parts = [side.columns[name] for side in sides if name in side.columns]
                marks = [side.columns[name].fingerprint if name in side.columns else "" for side in sides]
                columns[name] = Value(fingerprint(kind, *marks), merged(p.uses for p in parts))
        else:
            if len(left.columns) != len(right.columns):
                self.problems.append(f"the sides of a {kind} have {len(left.columns)} and {len(right.columns)} columns")
            for (name, one), two in zip(left.columns.items(), right.columns.values(), strict=False):
                columns[name] = Value(fingerprint(kind, one.fingerprint, two.fingerprint), merged([one.uses, two.uses]))
        rows = [left.rows_from, right.rows_from]
        keys: frozenset[frozenset[str]] = frozenset()
        if not (isinstance(node, exp.Union) and not node.args.get("distinct")):
            rows += [used_as(c.uses, "group", kind) for c in columns.values()]
            keys = frozenset([frozenset(columns)])
        return Relation(columns, fingerprint(kind, left.rows.fingerprint, right.rows.fingerprint), merged(rows), keys=keys)

    def _values(self, node: exp.Values, ctes: dict[str, Relation], parent: Scope | None) -> Relation:
        scope = Scope(lambda query, outer: self._relation(query, ctes, outer), ctes, parent, self.problems)
        width = max((len(row.expressions) for row in node.expressions), default=0)
        columns = {}
        for place in range(width):
            cells = [scope.value(row.expressions[place].copy()) for row in node.expressions if place < len(row.expressions)]
            columns[f"col{place}"] = Value(fingerprint(*(c.fingerprint for c in cells)), merged(c.uses for c in cells))
        alias = node.args.get("alias")
        relation = Relation(columns, fingerprint("values", *(c.fingerprint for c in columns.values())), {})
        return _renamed(relation, [c.name.lower() for c in alias.args.get("columns") or []] if alias else [])

    def _select(self, node: exp.Select, ctes: dict[str, Relation], parent: Scope | None) -> Relation:
        scope = Scope(lambda query, outer: self._relation(query, ctes, outer), ctes, parent, self.problems)
        return Select(self, scope, node).relation()

    def source(self, node: exp.Expression, scope: Scope) -> Source:
        """What stands in a FROM clause: a CTE, a table, a subquery, or a function that gives rows."""
        for name in ("pivots", "sample"):
            if node.args.get(name):
                self.problems.append(f"{name.upper().rstrip('S')} is not understood: {node.sql('duckdb', copy=False)[:80]}")
        alias = node.alias_or_name.lower()
        table_alias = node.args.get("alias")
        names = [c.name.lower() for c in table_alias.args.get("columns") or []] if isinstance(table_alias, exp.TableAlias) else []
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            relation = scope.ctes.get(node.name.lower()) if not node.db else None
            relation = relation or self.find_table(node)
            if relation is None:
                self.problems.append(f"no table {node.sql('duckdb', copy=False)}")
                relation = Relation({}, fingerprint("unknown", node.sql("duckdb", copy=False)), {})
            return Source(alias, _renamed(relation, names))
        if isinstance(node, (exp.Subquery, exp.Values)):
            inner = scope.analyse(node.this if isinstance(node, exp.Subquery) else node, scope)
            return Source(alias, _renamed(inner, names))
        if isinstance(node, exp.Lateral):
            return Source(alias, _renamed(scope.analyse(node.this, scope), names))
        return Source(alias, self._function(node, alias, names, scope))

    @staticmethod
    def _function(node: exp.Expression, alias: str, names: list[str], scope: Scope) -> Relation:
        """A function such as range() or unnest(): each of its columns, and its rows, come from all its arguments."""
        node = node.copy()
        node.set("alias", None)
        made = scope.value(node)
        names = names or [alias or "unnest"]
        return Relation(dict.fromkeys(names, made), made.fingerprint, used_as(made.uses, "join"))


def _renamed(relation: Relation, names: list[str]) -> Relation:
    if not names:
        return relation
    new = dict(zip(relation.columns, names, strict=False))
    columns = {new.get(name, name): value for name, value in relation.columns.items()}
    keys = frozenset(frozenset(new.get(c, c) for c in key) for key in relation.keys)
    return Relation(columns, relation.core, relation.rows_from, relation.filters, keys, relation.is_single)


def _reach(relation: Relation) -> tuple[set[tuple[Column, str]], ...]:
    return (*(set(v.uses) for v in relation.columns.values()), set(relation.rows_from))
