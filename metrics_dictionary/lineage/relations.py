"""What is known of a relation: for each column, and for the rows it has, a fingerprint and the columns it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ROWS = "*"
"""Stands for which rows a table has: what filters, joins and groups decide, whatever column is read."""

USES = ("value", "filter", "join", "group", "rows")
"""How a column is used: in the value itself, in a condition, to match rows, to group, order or tell rows apart; and that rows are taken."""


class Column(NamedTuple):
    """A column of a table; `name` is ROWS for which rows the table has. A delivery is called `<source>/<entity>`."""

    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


Uses = Mapping[tuple[Column, str], tuple[str, ...]]
"""For each column and use, the expressions it passes through inside one statement, the innermost first."""


@dataclass(frozen=True, slots=True)
class Value:
    """A column inside a statement, or the rows of a relation.

    `fingerprint` is equal for expressions that compute the same from the same columns: aliases, names of CTEs and layout do not count.
    """

    fingerprint: str
    uses: Uses


@dataclass(frozen=True)
class Relation:
    """A table, CTE or subquery.

    `core` and `filters` make up the fingerprint of its rows: conditions one after the other are the same as together. `keys` are sets of
    columns that the statement itself makes unique; `is_single` says that there is exactly one row.
    """

    columns: dict[str, Value]
    core: str
    rows_from: Uses
    filters: frozenset[str] = frozenset()
    keys: frozenset[frozenset[str]] = frozenset()
    is_single: bool = False

    @property
    def rows(self) -> Value:
        """Which rows there are."""
        return Value(fingerprint(self.core, *sorted(self.filters)) if self.filters else self.core, self.rows_from)


@dataclass
class Source:
    """A relation in a FROM clause; what its columns depend on besides themselves stands in `beside`, what tells it apart in `mark`."""

    alias: str
    relation: Relation
    beside: Uses = field(default_factory=dict)
    mark: str = ""

    def column(self, name: str) -> Value:
        """A column as the scope sees it."""
        value = self.relation.columns[name]
        mark = fingerprint(self.mark, value.fingerprint) if self.mark else value.fingerprint
        return Value(mark, merged([value.uses, self.beside]) if self.beside else value.uses)


def fingerprint(*parts: str) -> str:
    """A short digest of an ordered list of texts."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def merged(many: Iterable[Uses]) -> dict[tuple[Column, str], tuple[str, ...]]:
    """Everything in `many`, the expressions of one column and use in the order they come."""
    found: dict[tuple[Column, str], tuple[str, ...]] = {}
    for uses in many:
        for key, steps in uses.items():
            known = found.get(key)
            if known is None or not known:
                found[key] = steps
            elif steps and steps != known:
                found[key] = tuple(dict.fromkeys((*known, *steps)))
    return found


def used_as(uses: Uses, use: str, step: str | None = None) -> dict[tuple[Column, str], tuple[str, ...]]:
    """`uses` where the value is used as `use`, inside the expression `step`; what was a filter, join or group before stays one."""
    found: dict[tuple[Column, str], tuple[str, ...]] = {}
    for (column, earlier), steps in uses.items():
        key = (column, use if earlier == "value" else earlier)
        through = (*steps, step) if step and step not in steps and (earlier == "value") else steps
        known = found.get(key)
        found[key] = through if not known else tuple(dict.fromkeys((*known, *through)))
    return found


def table_relation(table: str, columns: Iterable[str], keys: Iterable[frozenset[str]] = ()) -> Relation:
    """A table as statements see it: every column is itself."""
    return Relation(
        columns={name: Value(f"{table}.{name}", {(Column(table, name), "value"): ()}) for name in columns},
        core=f"{table}.{ROWS}",
        rows_from={(Column(table, ROWS), "rows"): ()},
        keys=frozenset(keys),
    )
