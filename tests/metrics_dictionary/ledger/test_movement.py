"""What moved a value: contributions that add up to the change, by hand and over every published ratio and sum."""

from __future__ import annotations

from datetime import date

import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.ledger.movement import explain_movement
from metrics_dictionary.query import open_database
from tests.metrics_dictionary.ledger.conftest import Publications

AS_OF = date(2024, 2, 20)


def test_a_ratio_splits_into_own_ratio_and_share(publications: Publications) -> None:
    publications.publish(AS_OF)
    with open_database(publications.versions[-1]) as connection:
        movement = explain_movement(connection, "answer_rate", "2024-02")
    # January: Beijing 2 of 2, Shanghai 1 of 2, together 3 of 4. February: Beijing 0 of 1.
    assert (movement.value, movement.before) == (0.0, 0.75)
    assert (movement.numerator_effect, movement.denominator_effect) == (-0.75, 0.0)
    parts = {c.member: (c.change, c.rate_effect, c.mix_effect) for c in movement.contributions if c.dimension == "organisation"}
    assert parts == {
        "LIFE_BJ": pytest.approx((-1 + 0.5 * 0.25, -1.0, 0.5 * 0.25)),
        "LIFE_SH": pytest.approx((0.5 * 0.25, 0.0, -0.5 * -0.25)),
    }
    assert sum(p[0] for p in parts.values()) == pytest.approx(-0.75)


def test_the_parts_of_every_sum_and_ratio_make_up_the_change(publications: Publications) -> None:
    publications.publish(AS_OF)
    explained = 0
    with open_database(publications.versions[-1]) as connection:
        for (code,) in connection.execute(
            "select metric_code from metrics.metric_catalogue where additivity in ('additive', 'ratio')"
        ).fetchall():
            for period, basis in (("2024-02", "previous"), ("2024-01", "year_ago"), ("2024", "previous")):
                try:
                    movement = explain_movement(connection, code, period, basis)
                except MetricsError:
                    continue
                if None in (movement.value, movement.before):
                    continue
                for dimension in {c.dimension for c in movement.contributions}:
                    changes = [c.change for c in movement.contributions if c.dimension == dimension]
                    if None not in changes:
                        explained += 1
                        assert sum(changes) == pytest.approx(movement.value - movement.before), (code, period, dimension)
    assert explained >= 10


def test_members_of_a_distinct_count_are_shown_but_not_added_up(publications: Publications) -> None:
    publications.publish(AS_OF)
    with open_database(publications.versions[-1]) as connection:
        movement = explain_movement(connection, "customers_served", "2024-02")
    # In January customer A was served in Beijing and in Shanghai, so two organisations count three customers where there are two.
    parts = {c.member: (c.value_before, c.change) for c in movement.contributions if c.dimension == "organisation"}
    assert parts == {"LIFE_BJ": (1, None), "LIFE_SH": (2, None)}


def test_earlier_published_values_are_told_with_their_cause(publications: Publications) -> None:
    publications.publish(AS_OF)
    january = "metric_code = 'written_premium' and grain = 'month' and period_start_date = date '2024-01-01'"
    publications.publish(date(2024, 2, 25), f"update metrics.metric_values set value = value + 10 where {january}")
    with open_database(publications.versions[-1]) as connection:
        (earlier,) = explain_movement(connection, "written_premium", "2024-01").history
    assert (earlier.value, earlier.known_from, earlier.known_to, earlier.cause) == (200.2, AS_OF, date(2024, 2, 25), "unexplained")


def test_what_is_not_published_is_refused_with_what_there_is(publications: Publications) -> None:
    publications.publish(AS_OF)
    with open_database(publications.versions[-1]) as connection:
        with pytest.raises(MetricsError, match=r"written_premium has no published value for month 2030-01; there are: .*month 2023-01-01"):
            explain_movement(connection, "written_premium", "2030-01")
        with pytest.raises(MetricsError, match="metric 'premum'"):
            explain_movement(connection, "premum", "2024-01")
