"""Rows that enter, leave and change, by key and without one."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from metrics_dictionary.impact.rows import KeyExample, compare_rows


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as found:
        found.execute("create table before as from (values ('A', 1), ('B', 2), ('C', 3)) as rows (code, amount)")
        yield found


def after(connection: duckdb.DuckDBPyConnection, rows: str, columns: str = "code, amount") -> None:
    connection.execute(f"create table after as from (values {rows}) as rows ({columns})")


def test_the_same_rows_in_another_order_are_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    after(connection, "('C', 3), ('B', 2), ('A', 1)")
    assert compare_rows(connection, "t", "before", "after", ("code",)).is_same


def test_rows_are_told_apart_by_the_key(connection: duckdb.DuckDBPyConnection) -> None:
    after(connection, "('A', 1), ('B', 9), ('D', 4), ('D', 5)")
    found = compare_rows(connection, "t", "before", "after", ("code",))
    assert (found.rows_before, found.rows_after, found.entering, found.leaving, found.changed) == (3, 4, 2, 1, 1)
    assert found.examples == (KeyExample("C", 1, 0), KeyExample("D", 0, 2))


def test_a_doubled_row_enters_once(connection: duckdb.DuckDBPyConnection) -> None:
    after(connection, "('A', 1), ('A', 1), ('B', 2), ('C', 3)")
    found = compare_rows(connection, "t", "before", "after", ("code",))
    assert (found.entering, found.leaving, found.changed) == (1, 0, 0)
    assert found.examples == (KeyExample("A", 1, 2),)


def test_without_a_key_a_changed_row_leaves_and_enters(connection: duckdb.DuckDBPyConnection) -> None:
    after(connection, "('A', 1), ('B', 9), ('C', 3)")
    found = compare_rows(connection, "t", "before", "after", ())
    assert (found.entering, found.leaving, found.changed) == (1, 1, 0)


def test_columns_that_come_and_go_are_named_and_no_equality(connection: duckdb.DuckDBPyConnection) -> None:
    after(connection, "('A', 1), ('B', 1), ('C', 1)", "code, number")
    found = compare_rows(connection, "t", "before", "after", ("code",))
    assert (found.columns_added, found.columns_removed, found.is_same) == (("number",), ("amount",), False)


def test_queries_can_be_compared(connection: duckdb.DuckDBPyConnection) -> None:
    assert compare_rows(connection, "t", "(select code from before)", "(select code from before where true)", ("code",)).is_same
