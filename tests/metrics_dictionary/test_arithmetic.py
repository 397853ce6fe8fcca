"""Published values beside each other, and what the checks say when one is changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.arithmetic import check_arithmetic, is_sum, quotient_of
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.formulas import Formula

CHANGES = {
    "a part": "update {table} set value = value + 1 where metric_code = 'written_premium' and dimension_set = 'channel'",
    "a total gone": "delete from {table} where metric_code = 'written_premium' and dimension_set = 'total' and grain = 'month'",
    "parts gone": "delete from {table} where metric_code = 'written_premium' and dimension_set = 'product' and grain = 'month'",
    "a year": "update {table} set numerator = numerator + 1 where metric_code = 'answer_rate' and grain = 'year'",
    "a ratio": "update {table} set value = value + 0.001 where metric_code = 'answer_rate' and grain = 'day'",
}


@pytest.fixture
def changeable(tiny_warehouse, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A copy of the tiny publication that may be changed."""
    database = tmp_path / "zhicang.duckdb"
    shutil.copy(tiny_warehouse.database, database)
    with duckdb.connect(str(database)) as connection:
        yield connection


def test_a_publication_is_consistent(published: duckdb.DuckDBPyConnection, tiny_dictionary: Dictionary) -> None:
    checks = check_arithmetic(published, tiny_dictionary)
    assert [(check.subject, check.differing) for check in checks if check.differing] == []
    assert all(check.rebuilt for check in checks)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(changeable: duckdb.DuckDBPyConnection, tiny_dictionary: Dictionary, change: str) -> None:
    changeable.execute(CHANGES[change].format(table="metrics.metric_values"))
    found = [check for check in check_arithmetic(changeable, tiny_dictionary) if check.differing]
    assert found
    assert all(check.examples for check in found)


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "expected"),
    [
        ('"a" / nullif("b", 0)', '"a"', '"b"', "numerator / NULLIF(denominator, 0)"),
        ('1 - 1000 * "a" / nullif("b" + "c", 0)', '"a"', '"b" + "c"', "1 - 1000 * numerator / NULLIF(denominator, 0)"),
        ('"a" / nullif("b", 0) - "c"', '"a"', '"b"', None),
        ('"a"', None, None, None),
    ],
)
def test_what_a_value_is_the_quotient_of(value: str, numerator: str | None, denominator: str | None, expected: str | None) -> None:
    assert quotient_of(Formula((), value, numerator, denominator)) == expected


def test_a_product_of_sums_is_no_sum() -> None:
    assert all(map(is_sum, ('"a"', '0.5 * ("a" - cast("b" as double))', '-"a" * 2')))
    assert not any(map(is_sum, ('"a" * "b"', 'greatest("a", "b")', '"a" + 1')))
