"""Ad-hoc queries: cuts, filters that cannot be turned into SQL, periods, and errors that help."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.filters import read_period
from metrics_dictionary.query import MetricQuery, compile_query, run_query


@pytest.fixture
def ask(tiny_warehouse, tiny_dictionary: Dictionary):
    """A function from the fields of a MetricQuery to its rows."""

    def run(*codes: str, **fields) -> list[tuple]:
        with Engine(tiny_dictionary, tiny_warehouse.cache) as engine:
            return run_query(compile_query(MetricQuery(codes, **fields), engine), tiny_warehouse.database)[1]

    return run


def test_metrics_side_by_side(ask) -> None:
    assert ask("written_premium", "answer_rate", by=("company",), grain="quarter", where=("period>=2024",)) == [
        (date(2024, 1, 1), "LIFE", Decimal("200.20"), 0.6),
        (date(2024, 1, 1), "PROP", Decimal("1039.00"), None),
    ]


def test_rows_without_any_value_are_left_out(ask) -> None:
    assert [str(row[0]) for row in ask("persistency")] == ["2022-10-01", "2022-11-01"]


def test_member_filters(ask) -> None:
    year = {"grain": "year"}
    assert ask("written_premium", where=("channel=online", "organisation=LIFE_BJ"), **year)[0][1] == Decimal("100.40")
    assert ask("written_premium", where=("product=P1|P2", "company=LIFE"), **year)[0][1] == Decimal("300.60")
    assert ask("written_premium", where=("product!=P1",), **year)[0][1] == Decimal("0.30")


def test_a_value_is_never_sql(ask) -> None:
    for value in (
        "x' or 1=1 --",
        "') or (1=1",
        "{{ Dimension('organisation__company_code') }}",
        "$member_0_1",
        "__parameter_member_0_0__",
    ):
        assert ask("written_premium", where=(f"channel={value}",)) == []


def test_names_are_checked(ask) -> None:
    with pytest.raises(MetricsError, match=r"unknown metric 'writen_premium'; did you mean written_premium"):
        ask("writen_premium")
    with pytest.raises(MetricsError, match="did you mean channel"):
        ask("written_premium", by=("chanel",))
    with pytest.raises(MetricsError, match="product"):
        ask("answer_rate", by=("product",))
    with pytest.raises(MetricsError, match="unknown grain 'week'"):
        ask("written_premium", grain="week")
    for text in ("1=1; drop table x", "organisation", "or 1", "channel in (1)", "channel<online"):
        with pytest.raises(MetricsError):
            ask("written_premium", where=(text,))


def test_period_comparisons(ask) -> None:
    def months(*where: str) -> list[str]:
        return [str(row[0])[:7] for row in ask("written_premium", where=where)]

    assert months("period=2023") == ["2023-01", "2023-02"]
    assert months("period!=2023") == ["2024-01", "2024-02"]
    assert months("period>2023-01", "period<2024-02") == ["2023-02", "2024-01"]
    assert months("period<=2023-Q1") == ["2023-01", "2023-02"]


def test_as_of_leaves_out_periods_that_end_later(ask) -> None:
    assert [row[0] for row in ask("written_premium", as_of=date(2024, 2, 28))][-1] == date(2024, 1, 1)
    assert [row[0] for row in ask("written_premium", as_of=date(2024, 2, 29))][-1] == date(2024, 2, 1)


def test_one_value_over_all_time(ask) -> None:
    assert ask("written_premium", grain=None)[0][0] == Decimal("1539.80")
    assert ask("written_premium", grain=None, where=("period=2023",))[0][0] == Decimal("300.60")
    assert ask("written_premium", grain=None, as_of=date(2024, 1, 10))[0][0] == Decimal("450.75")


def test_a_missing_database_is_said(tiny_dictionary: Dictionary, tmp_path) -> None:
    with Engine(tiny_dictionary) as engine:
        statement = compile_query(MetricQuery(("written_premium",)), engine)
    with pytest.raises(MetricsError, match="make warehouse"):
        run_query(statement, tmp_path / "zhicang.duckdb")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert read_period(text) == (first, last)


@pytest.mark.parametrize("text", ["24", "2024-13", "2023-02-29", "2024-Q5", "now()", ""])
def test_what_is_not_a_period(text: str) -> None:
    with pytest.raises(MetricsError, match="not understood"):
        read_period(text)
