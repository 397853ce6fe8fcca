"""One SELECT: sources and joins, projections, filters, groups, and which columns of the result are unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from metrics_dictionary.lineage.conditions import clause, conjuncts, is_aggregate, numbered_by, spell_out_windows
from metrics_dictionary.lineage.joins import add_join
from metrics_dictionary.lineage.relations import Relation, Source, Uses, Value, fingerprint, merged, used_as
from metrics_dictionary.lineage.scope import Scope

if TYPE_CHECKING:
    from metrics_dictionary.lineage.statement import Statement

TECHNICAL = "touched_dates"
"""A condition on the loader's touched dates only says what is built again: it is the same model with and without it."""

UNDERSTOOD = {"with_", "expressions", "distinct", "from_", "laterals", "joins", "where", "group", "having", "qualify", "windows"}
UNDERSTOOD |= {"order", "limit", "offset", "operation_modifiers"}
"""The clauses of a SELECT that are read here; any other is listed as a problem."""

Keys = frozenset[frozenset[str]]


class Output(NamedTuple):
    """A column of the result; `place` is the source of one that is taken as it is, `text` its expression."""

    name: str
    value: Value
    text: str
    sums_up: bool = False
    place: int | None = None


class Select:
    """The working state of one SELECT; `parts` tell in order what the rows depend on, `filters` the conditions on them."""

    def __init__(self, statement: Statement, scope: Scope, node: exp.Select) -> None:
        self.statement, self.scope, self.node = statement, scope, node
        self.base = Relation({}, "no table", {}, keys=frozenset([frozenset()]), is_single=True)
        self.parts: list[str] = []
        self.filters: set[str] = set()
        self.rows_from: list[Uses] = []
        self.keys: Keys = self.base.keys
        self.is_single = True

    def relation(self) -> Relation:
        """The result of the SELECT. Consumes its expressions."""
        for name in sorted(name for name, value in self.node.args.items() if value and name not in UNDERSTOOD):
            self.scope.problems.append(f"the clause {name.upper().strip('_')} of a SELECT is not understood")
        spell_out_windows(self.node)
        self._add_sources()
        outputs = list(self._outputs())
        for condition in list(conjuncts(clause(self.node, "where"))):
            self._filter(condition, "where ")
        keys = self._group(outputs)
        if keys is None:
            keys = self._kept_keys(outputs)
        for condition in list(conjuncts(clause(self.node, "having"))):
            self._filter(condition, "having ", after_group=True)
        for condition in list(conjuncts(clause(self.node, "qualify"))):
            keys |= self._numbered_keys(condition, outputs)
            self._filter(condition, "qualify ", after_group=True)
        keys |= self._distinct(outputs)
        self._limit()
        core, filters = self._rows()
        columns = {output.name: output.value for output in outputs}
        return Relation(columns, core, merged(self.rows_from), filters, keys, self.is_single)

    def take_rows(self, source: Source, how: str) -> None:
        """The rows of a further source decide which rows there are."""
        self.rows_from.append(source.relation.rows_from)
        self.parts.append(fingerprint(how, source.relation.rows.fingerprint))
        self.keys, self.is_single = frozenset(), False

    def _add_sources(self) -> None:
        from_ = self.node.args.get("from_")
        if from_ is not None:
            first = self.statement.source(from_.this, self.scope)
            self.scope.sources.append(first)
            self.base, self.keys, self.is_single = first.relation, first.relation.keys, first.relation.is_single
            self.rows_from.append(self.base.rows_from)
            for join in [*(from_.this.args.get("joins") or []), *(self.node.args.get("joins") or [])]:
                add_join(self, join)
        for lateral in self.node.args.get("laterals") or []:
            source = self.statement.source(lateral, self.scope)
            self.take_rows(source, "lateral")
            self.scope.sources.append(source)

    def _outputs(self) -> Iterator[Output]:
        for projection in list(self.node.expressions):
            star = projection.this if isinstance(projection, exp.Column) else projection
            if isinstance(star, exp.Star):
                yield from self._star(star, projection.table.lower() if isinstance(projection, exp.Column) else "")
                continue
            inner = projection.unalias()
            name = (projection.alias_or_name or projection.sql("duckdb", copy=False)).lower()
            text, sums_up, place = inner.sql("duckdb", comments=False, copy=False), is_aggregate(inner), None
            if isinstance(inner, exp.Column):
                place = self._place(inner)
            gives_rows = inner.find(exp.Explode) is not None
            value = self.scope.value(inner)
            if gives_rows:
                self.rows_from.append(used_as(value.uses, "join", text))
                self.parts.append(fingerprint("unnest", value.fingerprint))
                self.keys, self.is_single = frozenset(), False
            self.scope.aliases.setdefault(name, value)
            yield Output(name, value, text, sums_up, place)

    def _star(self, star: exp.Star, table: str) -> Iterator[Output]:
        left_out = {e.name.lower() for e in star.args.get("except_") or []}
        replaced = {e.alias.lower(): self.scope.value(e.this) for e in star.args.get("replace") or []}
        seen: set[str] = set()
        for place, source in enumerate(self.scope.sources):
            for name in source.relation.columns if table in {"", source.alias} else ():
                is_merged = not table and name in self.scope.merged_columns
                if name in left_out or (is_merged and name in seen):
                    continue
                seen.add(name)
                value = self.scope.merged_columns[name] if is_merged else source.column(name)
                yield Output(name, replaced.get(name, value), name, place=None if name in replaced else place)

    def _place(self, column: exp.Column) -> int | None:
        for place, source in enumerate(self.scope.sources):
            if column.name.lower() in source.relation.columns and column.table.lower() in {"", source.alias}:
                return place
        return None

    def _filter(self, condition: exp.Expression, prefix: str, after_group: bool = False) -> None:
        if condition == exp.true() or any(table.name == TECHNICAL for table in condition.find_all(exp.Table)):
            return
        value = self.scope.value(condition, "filter", prefix)
        self.rows_from.append(value.uses)
        self.is_single = False
        if after_group:
            self.parts.append(fingerprint(prefix, value.fingerprint))
        else:
            self.filters.add(value.fingerprint)

    def _group(self, outputs: list[Output]) -> Keys | None:
        """Take in GROUP BY; returns the columns it makes unique, None where rows are not summed up."""
        group = self.node.args.get("group")
        if group is None:
            if not any(output.sums_up for output in outputs):
                return None
            self.parts.append("one row")
            self.is_single = True
            return frozenset([frozenset()])
        if group.args.get("all"):
            found = [(output.name, output.value) for output in outputs if not output.sums_up]
        else:
            found = [self._group_key(key, outputs) for key in group.expressions]
            for kind in ("grouping_sets", "rollup", "cube"):
                for sets in group.args.get(kind) or []:
                    found += [("", self.scope.value(column.copy())) for column in sets.find_all(exp.Column)]
                    self.parts.append(sets.sql("duckdb", copy=False))
        names = [name for name, _ in found]
        self._tell_apart([value for _, value in found], f"group by {', '.join(name or '...' for name in names)}")
        self.is_single = False
        return frozenset([frozenset(names)]) if all(names) else frozenset()

    def _group_key(self, key: exp.Expression, outputs: list[Output]) -> tuple[str, Value]:
        if isinstance(key, exp.Literal) and key.is_int:
            output = outputs[int(key.this) - 1]
            return output.name, output.value
        text = key.sql("duckdb", comments=False, copy=False)
        value = self.scope.value(key)
        same = [o.name for o in outputs if text in {o.text, o.name} or o.value.fingerprint == value.fingerprint]
        return (same[0] if same else ""), value

    def _tell_apart(self, values: Iterable[Value], text: str) -> None:
        values = list(values)
        self.rows_from += [used_as(value.uses, "group", text) for value in values]
        self.parts.append(fingerprint("group", *sorted(value.fingerprint for value in values)))

    def _numbered_keys(self, condition: exp.Expression, outputs: list[Output]) -> Keys:
        partition = numbered_by(condition)
        if partition is None:
            return frozenset()
        prints = [self.scope.value(part.copy()).fingerprint for part in partition]
        names = {output.value.fingerprint: output.name for output in outputs}
        return frozenset([frozenset(names[p] for p in prints)]) if all(p in names for p in prints) else frozenset()

    def _kept_keys(self, outputs: list[Output]) -> Keys:
        """The keys of the first source whose columns all leave as they are."""
        names: dict[str, str] = {}
        for output in outputs:
            if output.place == 0:
                names.setdefault(output.text.rpartition(".")[2].strip('"').lower(), output.name)
        return frozenset(frozenset(names[c] for c in key) for key in self.keys if key <= set(names))

    def _distinct(self, outputs: list[Output]) -> Keys:
        """Take in DISTINCT; of DISTINCT ON the order decides which row of several is kept."""
        distinct = self.node.args.get("distinct")
        if distinct is None:
            return frozenset()
        if distinct.args.get("on") is None:
            self._tell_apart([output.value for output in outputs], "distinct")
            return frozenset([frozenset(output.name for output in outputs)])
        found = [self._group_key(key, outputs) for key in distinct.args["on"].expressions]
        order = self.node.args.get("order")
        kept = [self.scope.value(part.this.copy()) for part in (order.expressions if order else [])]
        self._tell_apart([value for _, value in found], "distinct on")
        for place, value in enumerate(kept):
            self.rows_from.append(used_as(value.uses, "group", "order by"))
            self.parts.append(fingerprint(str(place), value.fingerprint, str(order.expressions[place].args.get("desc"))))
        names = [name for name, _ in found]
        return frozenset([frozenset(names)]) if all(names) else frozenset()

    def _limit(self) -> None:
        limits = [self.node.args[name].sql("duckdb", copy=False) for name in ("limit", "offset") if self.node.args.get(name) is not None]
        if not limits:
            return
        order = self.node.args.get("order")
        values = [self.scope.value(part.this) for part in (order.expressions if order else [])]
        self._tell_apart(values, " ".join(limits))
        self.parts.append(fingerprint(*limits))
        self.is_single = False

    def _rows(self) -> tuple[str, frozenset[str]]:
        if not self.parts:
            return self.base.core, self.base.filters | self.filters
        is_alone = len(self.scope.sources) == 1
        core, filters = (self.base.core, self.base.filters) if is_alone else (self.base.rows.fingerprint, frozenset())
        return fingerprint("select", core, *self.parts, "where", *sorted(filters | self.filters)), frozenset()
