"""Values of the tiny project at every kind of cut, against answers worked out by hand."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest


def values(connection: duckdb.DuckDBPyConnection, code: str, grain: str, dimension_set: str = "total") -> dict:
    """Value by period and members, None members left out."""
    rows = connection.execute(
        """
        select period_start_date, organisation_code, channel_code, product_code, value
        from metrics.metric_values where metric_code = ? and grain = ? and dimension_set = ?
        """,
        [code, grain, dimension_set],
    ).fetchall()
    keyed = {(str(row[0]), *(member for member in row[1:4] if member)): row[4] for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def test_amounts_are_exact_at_every_grain(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "written_premium", "month") == {
        ("2023-01-01",): 300.30,
        ("2023-02-01",): 0.30,
        ("2024-01-01",): 200.20,
        ("2024-02-01",): 40.0,
    }
    assert values(published, "written_premium", "quarter") == {("2023-01-01",): 300.60, ("2024-01-01",): 240.20}
    assert values(published, "written_premium", "year") == {("2023-01-01",): 300.60, ("2024-01-01",): 240.20}
    assert values(published, "written_premium", "day")["2024-01-31",] == 50.05


def windows(connection: duckdb.DuckDBPyConnection, code: str, window: str, dimension_set: str = "total") -> dict:
    """First day of the window, value and whether it is complete, by the month the window ends with and members."""
    rows = connection.execute(
        """
        select period_end_date, organisation_code, channel_code, product_code, period_start_date, round(value, 6), is_complete_period
        from metrics.metric_values where metric_code = ? and grain = ? and dimension_set = ?
        """,
        [code, window, dimension_set],
    ).fetchall()
    return {(str(row[0])[:7], *(member for member in row[1:4] if member)): (str(row[4]), *row[5:]) for row in rows}


def test_rolling_windows_begin_when_twelve_months_are_there(published: duckdb.DuckDBPyConnection) -> None:
    assert windows(published, "written_premium", "rolling_12") == {
        ("2023-12",): ("2023-01-01", 300.60, True),
        ("2024-01",): ("2023-02-01", 200.50, True),
        ("2024-02",): ("2023-03-01", 240.20, False),
    }
    assert windows(published, "written_premium", "rolling_12", "company")["2024-02", "PROP"] == ("2023-03-01", 40.0, False)


def test_a_year_to_date_grows_from_january(published: duckdb.DuckDBPyConnection) -> None:
    to_date = windows(published, "written_premium", "year_to_date")
    assert len(to_date) == 14
    assert to_date["2023-01",] == ("2023-01-01", 300.30, True)
    assert to_date["2023-02",] == to_date["2023-11",] == ("2023-01-01", 300.60, True)
    assert to_date["2024-02",] == ("2024-01-01", 240.20, False)


def test_the_ratio_of_a_window_is_sum_over_sum(published: duckdb.DuckDBPyConnection) -> None:
    to_date = windows(published, "answer_rate", "year_to_date")
    assert (to_date["2024-01",][1], to_date["2024-02",][1]) == (0.75, 0.6)


def test_rows_after_the_as_of_date_are_not_published(published: duckdb.DuckDBPyConnection) -> None:
    assert ("2024-02-25",) not in values(published, "written_premium", "day")
    assert values(published, "written_premium", "year", "company")["2024-01-01", "PROP"] == 40.0


def test_members_and_combinations(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "written_premium", "year", "company") == {
        ("2023-01-01", "LIFE"): 300.60,
        ("2024-01-01", "LIFE"): 200.20,
        ("2024-01-01", "PROP"): 40.0,
    }
    assert values(published, "written_premium", "year", "organisation+channel+product")[
        "2023-01-01", "LIFE_BJ", "online", "P2"
    ] == pytest.approx(0.30, abs=0)
    assert values(published, "written_premium", "year", "company+product")["2023-01-01", "LIFE", "P1"] == 300.30


def test_a_missing_member_is_named_not_mixed_up_with_all(published: duckdb.DuckDBPyConnection) -> None:
    by_channel = values(published, "written_premium", "year", "channel")
    assert by_channel["2024-01-01", "(unknown)"] == 40.0
    assert sum(v for key, v in by_channel.items() if key[0] == "2024-01-01") == pytest.approx(240.20)


def test_a_ratio_is_sum_over_sum(published: duckdb.DuckDBPyConnection) -> None:
    row = published.execute(
        """
        select value, numerator, denominator from metrics.metric_values
        where metric_code = 'average_payment' and grain = 'year' and dimension_set = 'total'
            and period_start_date = date '2023-01-01'
        """
    ).fetchone()
    assert row == (300.60 / 6, 300.60, 6.0)


def test_a_zero_denominator_gives_null_and_keeps_the_numerator(published: duckdb.DuckDBPyConnection) -> None:
    row = published.execute(
        """
        select value, numerator, denominator from metrics.metric_values
        where metric_code = 'average_payment' and grain = 'month' and dimension_set = 'organisation'
            and organisation_code = 'LIFE_SH' and period_start_date = date '2024-01-01'
        """
    ).fetchone()
    assert row == (None, 50.05, 0.0)


def test_a_metric_is_published_only_where_all_components_can_be_cut(published: duckdb.DuckDBPyConnection) -> None:
    sets = published.execute("select distinct dimension_set from metrics.metric_values where metric_code = 'answer_rate'")
    assert not [name for (name,) in sets.fetchall() if "product" in name]


def test_a_ratio_over_two_models_counts_nothing_as_zero(published: duckdb.DuckDBPyConnection) -> None:
    found = values(published, "contacts_per_100m", "month")
    assert found["2023-01-01",] == 0.0
    assert found["2024-01-01",] == pytest.approx(100_000_000 * 4 / 200.20, rel=1e-15)


def test_distinct_counts_are_counted_anew_not_added(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "customers_served", "month") == {("2024-01-01",): 2, ("2024-02-01",): 1}
    assert values(published, "customers_served", "quarter") == {("2024-01-01",): 2}
    assert values(published, "customers_served", "month", "organisation")["2024-01-01", "LIFE_BJ"] == 1
    assert values(published, "customers_served", "year", "company") == {("2024-01-01", "LIFE"): 2}


def test_extremes(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "shortest_wait", "quarter") == {("2024-01-01",): 10}
    assert values(published, "shortest_wait", "month", "channel")["2024-01-01", "agent"] == 20


def test_a_filtered_count(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "answered_contacts", "year") == {("2024-01-01",): 3}


def test_points_in_time_take_the_last_snapshot(published: duckdb.DuckDBPyConnection) -> None:
    assert values(published, "in_force", "month") == {("2024-01-01",): 12, ("2024-02-01",): 15}
    assert values(published, "in_force", "quarter") == {("2024-01-01",): 15}
    assert values(published, "in_force", "month", "organisation")["2024-01-01", "LIFE_SH"] == 0


def test_totals_to_date_go_on_where_nothing_happens(published: duckdb.DuckDBPyConnection) -> None:
    found = values(published, "premium_to_date", "month")
    assert found["2023-01-01",] == 300.30
    assert found["2023-12-01",] == 300.60
    assert found["2024-02-01",] == 240.20
    assert ("2024-03-01",) not in found


def test_rolling_windows_end_with_the_period(published: duckdb.DuckDBPyConnection) -> None:
    found = values(published, "premium_of_12_months", "month")
    assert found["2023-12-01",] == 300.60
    assert found["2024-01-01",] == pytest.approx(0.30 + 200.20)


def test_growth_compares_with_the_same_period_of_the_year_before(published: duckdb.DuckDBPyConnection) -> None:
    found = values(published, "premium_growth", "month")
    assert found["2024-01-01",] == pytest.approx((200.20 - 300.30) / 300.30, rel=1e-15)
    assert ("2023-01-01",) not in found


def test_periods_are_complete_when_they_end_by_the_as_of_date(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """
        select period_start_date, period_end_date, is_complete_period from metrics.metric_values
        where metric_code = 'written_premium' and grain = 'month' and dimension_set = 'total'
            and period_start_date >= date '2024-01-01'
        order by all
        """
    ).fetchall()
    assert rows == [(date(2024, 1, 1), date(2024, 1, 31), True), (date(2024, 2, 1), date(2024, 2, 29), False)]


def test_cohorts_are_complete_when_they_are_mature(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """
        select period_start_date, value, is_complete_period from metrics.metric_values
        where metric_code = 'persistency' and grain = 'month' and dimension_set = 'total'
        order by all
        """
    ).fetchall()
    assert rows == [(date(2022, 10, 1), 0.8, True), (date(2022, 11, 1), 0.75, False), (date(2022, 12, 1), None, False)]


def test_every_key_has_one_value(published: duckdb.DuckDBPyConnection) -> None:
    repeated = published.execute(
        """
        select metric_code, version, grain, period_start_date, period_end_date, dimension_set,
            organisation_code, channel_code, product_code, intermediary_code, segment_code
        from metrics.metric_values group by all having count(*) > 1
        """
    ).fetchall()
    assert repeated == []
