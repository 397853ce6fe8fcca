"""Two states of a table beside each other: the rows that enter, leave and change, told apart by the table's key."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

EXAMPLES = 5


@dataclass(frozen=True)
class KeyExample:
    """A key whose number of rows differs."""

    key: str
    rows_before: int
    rows_after: int


@dataclass(frozen=True)
class RowChange:
    """How the rows of a table differ. Without a key (`key` empty) a changed row counts as one that leaves and one that enters.

    `columns_added` and `columns_removed` are not compared.
    """

    table: str
    key: tuple[str, ...]
    rows_before: int
    rows_after: int
    entering: int
    leaving: int
    changed: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    examples: tuple[KeyExample, ...]

    @property
    def is_same(self) -> bool:
        """Both states hold the same rows in the same columns: nothing that reads the table can tell them apart."""
        return not (self.entering or self.leaving or self.changed or self.columns_added or self.columns_removed)


def compare_rows(connection: duckdb.DuckDBPyConnection, table: str, before: str, after: str, key: tuple[str, ...]) -> RowChange:
    """Compare the relations `before` and `after`, each a qualified name or a query in parentheses, column by column by name."""
    old, new = (_columns(connection, relation) for relation in (before, after))
    common = ", ".join(f'"{name}"' for name in old if name in new)
    added, removed = tuple(c for c in new if c not in old), tuple(c for c in old if c not in new)
    rows_before, rows_after, gone, came = connection.execute(
        f"""
        select
            (select count(*) from {before}), (select count(*) from {after}),
            (select count(*) from (select {common} from {before} except all select {common} from {after})),
            (select count(*) from (select {common} from {after} except all select {common} from {before}))
        """
    ).fetchone()
    if not (gone or came) or not key or not set(key) <= set(old) & set(new):
        return RowChange(table, (), rows_before, rows_after, came, gone, 0, added, removed, ())
    by_key = _by_key(before, after, key)
    entering, leaving = connection.execute(
        f"select coalesce(sum(greatest(n_after - n_before, 0)), 0), coalesce(sum(greatest(n_before - n_after, 0)), 0) from ({by_key})"
    ).fetchone()
    examples = connection.execute(
        f"""
        select array_to_string(key_values, ', '), n_before, n_after
        from ({by_key}) where n_before <> n_after order by key_values limit {EXAMPLES}
        """
    ).fetchall()
    shown = tuple(KeyExample(*row) for row in examples)
    return RowChange(table, key, rows_before, rows_after, int(entering), int(leaving), int(came - entering), added, removed, shown)


def _by_key(before: str, after: str, key: tuple[str, ...]) -> str:
    values = ", ".join(f"coalesce(cast(\"{name}\" as varchar), '')" for name in key)
    return f"""
        select [{values}] as key_values, count(*) filter (where side = 1) as n_before, count(*) filter (where side = 2) as n_after
        from (select *, 1 as side from {before} union all by name select *, 2 as side from {after})
        group by all
    """


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe select * from {relation}").fetchall()]
