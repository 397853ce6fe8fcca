"""One SELECT's names: which source a column belongs to, and what an expression is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp

from metrics_dictionary.lineage.relations import Relation, Source, Uses, Value, fingerprint, merged, used_as

Analyse = Callable[[exp.Expression, "Scope | None"], Relation]


@dataclass
class Scope:
    """The sources and aliases an expression may name; `parent` is the scope around a subquery that refers to it."""

    analyse: Analyse
    ctes: dict[str, Relation]
    parent: Scope | None
    problems: list[str]
    sources: list[Source] = field(default_factory=list)
    aliases: dict[str, Value] = field(default_factory=dict)
    merged_columns: dict[str, Value] = field(default_factory=dict)

    def value(self, expression: exp.Expression, use: str = "value", prefix: str = "") -> Value:
        """What an expression is made of; columns in its own filters and windows are told apart. Consumes `expression`."""
        if isinstance(expression, exp.Column) and not isinstance(expression.this, exp.Star):
            found = self.resolve(expression)
            if not prefix:
                return Value(found.fingerprint, used_as(found.uses, use) if use != "value" else found.uses)
            return Value(found.fingerprint, used_as(found.uses, use, f"{prefix}{expression.sql('duckdb', copy=False)}"))
        step = prefix + expression.sql("duckdb", comments=False, copy=False)
        parts: list[Uses] = []
        holder = exp.Paren(this=expression)
        self._collect(expression, use, step, parts)
        return Value(fingerprint(holder.this.sql("duckdb", comments=False, copy=False)), merged(parts))

    def _collect(self, node: exp.Expression, use: str, step: str, parts: list[Uses]) -> None:
        """Gather the uses below a node, and put each column's fingerprint in its place."""
        if isinstance(node, exp.Column) and not isinstance(node.this, exp.Star):
            found = self.resolve(node)
        elif isinstance(node, (exp.Subquery, exp.Query)):
            relation = self.analyse(node, self)
            values = list(relation.columns.values())
            rows = relation.rows
            prints = [v.fingerprint for v in values]
            found = Value(fingerprint("query", rows.fingerprint, *prints), merged([*(v.uses for v in values), rows.uses]))
        elif isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
            if isinstance(node.parent, exp.Count):
                return
            columns = [v for s in self.sources for v in map(s.column, s.relation.columns)]
            found = Value(fingerprint(*(c.fingerprint for c in columns)), merged(c.uses for c in columns))
        elif isinstance(node, exp.Window):
            for key, child in _children(node):
                self._collect(child, use if key == "this" else "group", step, parts)
            return
        elif isinstance(node, exp.Filter):
            self._collect(node.this, use, step, parts)
            self._collect(node.expression, "filter", step, parts)
            return
        elif isinstance(node, exp.Comprehension):
            inner = Scope(self.analyse, self.ctes, self, self.problems)
            iterated = self.value(node.args["iterator"].copy(), use)
            inner.aliases[node.expression.name.lower()] = iterated
            for key in ("this", "condition"):
                if node.args.get(key) is not None:
                    inner._collect(node.args[key], use, step, parts)
            self._collect(node.args["iterator"], use, step, parts)
            return
        else:
            for _, child in _children(node):
                self._collect(child, use, step, parts)
            return
        parts.append(used_as(found.uses, use, step))
        node.replace(exp.Var(this=f"#{found.fingerprint}"))

    def resolve(self, column: exp.Column) -> Value:
        """The value a name stands for: a column of a source, an alias of this SELECT, or a name of the query around it."""
        path = [part.name.lower() for part in column.parts]
        scope: Scope | None = self
        while scope is not None:
            found = scope._own(path)
            if found is not None:
                return found
            scope = scope.parent
        self.problems.append(f"no source has the column {column.sql('duckdb', copy=False)}")
        return Value(fingerprint("unresolved", *path), {})

    def _own(self, path: list[str]) -> Value | None:
        if len(path) > 1:
            for source in self.sources:
                if source.alias == path[0] and path[1] in source.relation.columns:
                    return source.column(path[1])
            field_of = self._own(path[:-1])
            return field_of and Value(fingerprint(field_of.fingerprint, path[-1]), field_of.uses)
        name = path[0]
        if name in self.merged_columns:
            return self.merged_columns[name]
        for source in self.sources:
            if name in source.relation.columns:
                return source.column(name)
        if name in self.aliases:
            return self.aliases[name]
        for source in self.sources:
            if source.alias == name:
                columns = [source.column(c) for c in source.relation.columns]
                return Value(fingerprint("row", *(c.fingerprint for c in columns)), merged(c.uses for c in columns))
        return None


def _children(node: exp.Expression) -> list[tuple[str, exp.Expression]]:
    found = []
    for key, child in node.args.items():
        if isinstance(child, exp.Expression):
            found.append((key, child))
        elif isinstance(child, list):
            found.extend((key, item) for item in child if isinstance(item, exp.Expression))
    return found
