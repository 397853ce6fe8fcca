"""From an aggregate's column to the records of the fact it counts, or the reason why not."""

from __future__ import annotations

import pytest

from metrics_dictionary.provenance.tracing import Traced, columns_of, condition_of, moved, trace, value_of

FACT = '"zhicang"."marts"."fct_claims"'
KEYS = {"activity_date", "organisation_code"}


def traced(sql: str, value: str = "records.closed_count", aggregation: str = "sum") -> Traced:
    return trace(sql, value, KEYS, aggregation)


def grouped(expression: str, where: str = "", source: str = "claims", extra: str = "") -> str:
    """A model of two CTEs that groups a fact by day and organisation."""
    return f"""
        with claims as (select * from {FACT}{extra}),
        daily as (
            select closed_date as activity_date, organisation_code, {expression} as closed_count
            from {source} {where} group by all
        )
        select * from daily
    """


@pytest.mark.parametrize(
    ("expression", "value", "condition"),
    [
        ("count(*)", "1", None),
        ("count(paid_amount)", "1", "(NOT records.paid_amount IS NULL)"),
        ("count(*) filter (where is_small and not is_open)", "1", "(records.is_small AND NOT records.is_open)"),
        ("cast(coalesce(sum(paid_amount), 0) as decimal(18, 2))", "records.paid_amount", None),
        ("sum(paid_amount - claimed_amount) filter (where is_paid)", "(records.paid_amount - records.claimed_amount)", "(records.is_paid)"),
    ],
)
def test_an_aggregate_is_what_its_argument_says_of_one_record(expression: str, value: str, condition: str | None) -> None:
    found = traced(grouped(expression))
    assert not found.lost
    ((table, way),) = found.facts
    assert table == "marts.fct_claims"
    assert value_of(way) == value
    assert condition_of(way) == condition
    assert moved("records.activity_date", way) == "records.closed_date"
    assert moved("(select l.b from marts.dim as l where l.o = records.organisation_code)", way).endswith("records.organisation_code)")


def test_what_a_run_rebuilds_is_no_condition_and_what_it_selects_is() -> None:
    built = "where closed_date in (select business_date from intermediate.int_claims__touched_dates) and is_paid and true"
    ((_, way),) = traced(grouped("count(*)", built)).facts
    assert condition_of(way) == "(records.is_paid)"


def test_a_measure_of_one_column_is_followed_with_its_factor() -> None:
    ((_, way),) = traced(grouped("sum(seconds)"), "records.closed_count / 86400.0").facts
    assert value_of(way) == "records.seconds / 86400.0"
    assert columns_of([value_of(way)]) == {"seconds"}


def test_the_branches_of_a_union_that_add_nothing_are_left_out() -> None:
    sql = f"""
        with claims as (select * from {FACT}),
        closed as (select closed_date as activity_date, organisation_code, count(*) as closed_count from claims group by all),
        paid as (select paid_date as activity_date, organisation_code, count(*) as paid_count from claims group by all),
        other as (select day as activity_date, organisation_code, 0 as closed_count from "zhicang"."intermediate"."int_x"),
        activity as (select * from closed union all by name select * from paid union all by name select * from other)
        select activity_date, organisation_code, cast(coalesce(sum(closed_count), 0) as bigint) as closed_count from activity group by all
    """
    found = traced(sql)
    assert not found.lost
    ((_, way),) = found.facts
    assert moved("records.activity_date", way) == "records.closed_date"


@pytest.mark.parametrize(
    ("sql", "reason", "detail"),
    [
        (grouped("count(*)", source="claims inner join days on claims.d = days.d"), "joins", "days"),
        (grouped("count(*)", "where due_date <= (select d from as_of)"), "unpublished", "as_of"),
        (grouped("count(*)").replace("marts", "staging").replace("fct_claims", "stg_claims"), "unpublished", "stg_claims"),
        (grouped("count(distinct policy_number)"), "grouping", "DISTINCT"),
        (grouped("sum(sum(x)) over (order by d)"), "windows", "closed_count"),
        (grouped("count(*)", "group by 1 having count(*) > 1 --"), "grouping", "having"),
        (grouped("sum(a) + sum(b)"), "grouping", "SUM(a)"),
    ],
)
def test_what_is_not_row_by_row_ends_with_its_reason(sql: str, reason: str, detail: str) -> None:
    found = traced(sql)
    assert not found.facts
    ((error),) = found.lost
    assert error.reason == reason
    assert detail in error.detail


def test_two_counts_in_one_measure_are_not_told_apart() -> None:
    sql = grouped("count(*) as opened_count, count(*)")
    (error,) = traced(sql, "records.closed_count - records.opened_count").lost
    assert error.reason == "mixture"


def test_the_least_of_the_least_is_a_record_and_their_sum_is_not() -> None:
    sql = grouped("min(minutes)")
    ((_, way),) = traced(sql, aggregation="min").facts
    assert value_of(way) == "records.minutes"
    assert traced(sql, aggregation="sum").lost
