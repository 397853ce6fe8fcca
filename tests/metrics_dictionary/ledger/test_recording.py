"""Known from, known to, and why: what successive publications of changed values leave in the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.ledger.known import values_as_known
from metrics_dictionary.ledger.restatements import accept, restatements
from metrics_dictionary.query import MetricQuery, open_database
from tests.metrics_dictionary.ledger.conftest import NOTHING, Publications

FIRST, SECOND, THIRD = date(2024, 2, 20), date(2024, 2, 25), date(2024, 3, 1)
JANUARY = "metric_code = 'written_premium' and grain = 'month' and period_start_date = date '2024-01-01' and dimension_set = 'total'"
RAISED = f"update metrics.metric_values set value = value + 10 where {JANUARY}"
RUNNING = JANUARY.replace("2024-01-01", "2024-02-01")
TOUCHED = "select 'contacts' as table_name, date '{day}' as business_date, 7 as load_id, {correction} as is_correction"


def history(publications: Publications, condition: str = JANUARY) -> list[tuple]:
    return publications.ask(f"select value, known_from, known_to, run_id from metrics.metric_ledger where {condition} order by known_from")


def test_the_first_publication_knows_everything_from_its_own_day(publications: Publications) -> None:
    publications.publish(FIRST)
    assert publications.ask("select distinct known_from, known_to, run_id from metrics.metric_ledger") == [(FIRST, None, "run-0001")]
    (values,) = publications.ask("select count(*) from metrics.metric_values")
    assert publications.ask("select count(*) from metrics.metric_ledger") == [values]
    assert publications.ask("select count(*) from metrics.metric_restatements") == [(0,)]


def test_a_value_that_stays_keeps_since_when_it_is_known_and_one_that_changes_leaves_the_old_one(publications: Publications) -> None:
    publications.publish(FIRST)
    before = publications.ask("select count(*) from metrics.metric_ledger")[0][0]
    publications.publish(SECOND, RAISED)
    assert history(publications) == [(200.2, FIRST, SECOND, "run-0001"), (210.2, SECOND, None, "run-0002")]
    assert publications.ask("select count(*) from metrics.metric_ledger")[0][0] == before + 1
    publications.publish(THIRD, RAISED)
    assert history(publications) == [(200.2, FIRST, SECOND, "run-0001"), (210.2, SECOND, None, "run-0002")]


def test_a_finished_value_that_changes_opens_a_restatement_and_a_running_one_does_not(publications: Publications) -> None:
    publications.publish(FIRST)
    publications.publish(SECOND, f"{RAISED}; update metrics.metric_values set value = value + 1 where {RUNNING}")
    opened = "select metric_code, changed_values, example_old_value, example_new_value, status from metrics.metric_restatements"
    assert publications.ask(opened) == [("written_premium", 1, 200.2, 210.2, "open")]
    assert [row[1:3] for row in history(publications, RUNNING)] == [(FIRST, SECOND), (SECOND, None)]


@pytest.mark.parametrize(
    ("touches", "project_hash", "cause", "possible"),
    [
        (TOUCHED.format(day="2024-01-10", correction="false"), "same", "late_data", ["late_data"]),
        (TOUCHED.format(day="2024-01-10", correction="true"), "same", "corrected_data", ["corrected_data"]),
        (TOUCHED.format(day="2024-02-22", correction="false"), "other", "code", ["code", "late_data"]),
        (TOUCHED.format(day="2024-01-10", correction="false"), "other", "late_data", ["late_data", "code"]),
        (TOUCHED.format(day="2024-02-22", correction="false"), "same", "late_data", ["late_data"]),
        (NOTHING, "same", "unexplained", []),
    ],
)
def test_the_cause_follows_from_what_was_loaded_and_whether_the_models_changed(
    publications: Publications, touches: str, project_hash: str, cause: str, possible: list[str]
) -> None:
    publications.publish(FIRST)
    publications.publish(SECOND, RAISED, touches, project_hash)
    assert publications.ask("select cause, possible_causes from metrics.metric_restatements") == [(cause, possible)]


def test_another_definition_is_the_cause_even_when_its_version_was_not_counted_up(publications: Publications) -> None:
    publications.publish(FIRST)
    redefined = f"{RAISED}; update metrics.metric_catalogue set definition_sql = 'other' where metric_code = 'written_premium'"
    publications.publish(SECOND, redefined, project_hash="other")
    assert publications.ask("select cause, possible_causes from metrics.metric_restatements") == [("definition", ["definition", "code"])]


def test_a_new_version_is_a_restatement_of_the_values_it_is_in_force_for(publications: Publications) -> None:
    share = "metric_code = 'answered_share'"
    only_first = f"delete from metrics.metric_values where {share} and version = 2; update metrics.metric_values set is_in_force = true"
    publications.publish(FIRST, f"{only_first} where {share}; update metrics.metric_values set is_complete_period = true where {share}")
    publications.publish(SECOND)
    assert publications.ask("select metric_code, cause from metrics.metric_restatements") == [("answered_share", "definition")]
    example = "select example_period_start_date, example_old_value, example_new_value from metrics.metric_restatements"
    assert publications.ask(example)[0][0] >= date(2024, 1, 1)
    january = f"{share} and version = 1 and grain = 'month' and period_start_date = date '2024-01-01' and dimension_set = 'total'"
    assert publications.ask(f"select known_from, known_to from metrics.metric_ledger where {january}") == [(FIRST, None)]


def test_a_value_that_appears_or_goes_in_a_finished_period_is_a_restatement(publications: Publications) -> None:
    gone = "metric_code = 'written_premium' and grain = 'month' and period_start_date = date '2024-01-01' and channel_code = 'agent'"
    publications.publish(FIRST)
    publications.publish(SECOND, f"delete from metrics.metric_values where {gone}")
    (first,) = publications.ask("select restatement_id, changed_values, example_new_value from metrics.metric_restatements")
    assert first[2] is None
    closed = publications.ask("select count(*) from metrics.superseded_values where restatement_id is not null")
    assert closed == [(first[1],)]
    publications.publish(THIRD)
    counts = publications.ask("select changed_values, example_old_value from metrics.metric_restatements order by opened_at")
    assert counts == [(first[1], counts[0][1]), (first[1], None)]


def test_a_steward_accepts_with_a_reason_and_the_next_publication_shows_it(publications: Publications) -> None:
    publications.publish(FIRST)
    publications.publish(SECOND, RAISED)
    with open_database(publications.versions[-1]) as connection:
        (opened,) = restatements(connection, publications.acceptances, "open")
        with pytest.raises(MetricsError, match="no cause is known"):
            accept(connection, publications.acceptances, opened.restatement_id, "Li", "Seen")
        with pytest.raises(MetricsError, match="who accepts"):
            accept(connection, publications.acceptances, opened.restatement_id, "Li", " ", "late_data")
        with pytest.raises(MetricsError, match="restatement 'nothing'"):
            accept(connection, publications.acceptances, "nothing", "Li", "Seen")
        accept(connection, publications.acceptances, opened.restatement_id, "Li", "The branch sent January again", "corrected_data")
        with pytest.raises(MetricsError, match="was accepted by Li"):
            accept(connection, publications.acceptances, opened.restatement_id, "Li", "Twice")
        (accepted,) = restatements(connection, publications.acceptances)
    assert (accepted.status, accepted.cause, accepted.accepted_by) == ("accepted", "corrected_data", "Li")
    publications.publish(THIRD, RAISED)
    assert publications.ask("select status, accepted_cause, accepted_reason from metrics.metric_restatements") == [
        ("accepted", "corrected_data", "The branch sent January again")
    ]
    publications.acceptances.unlink()
    with open_database(publications.versions[-1]) as connection:
        (kept,) = restatements(connection, publications.acceptances)
    assert (kept.status, kept.cause, kept.accepted_by) == ("accepted", "corrected_data", "Li"), "the publication remembers"


def test_values_are_read_as_they_were_known_on_a_day(publications: Publications, tiny_dictionary: Dictionary) -> None:
    publications.publish(FIRST)
    publications.publish(THIRD, RAISED)

    def known(day: date, codes: tuple[str, ...] = ("written_premium",), **more: object) -> list[tuple]:
        wanted = MetricQuery(codes, **({"where": ("period=2024-01",)} | more))
        with open_database(publications.versions[-1]) as connection:
            return values_as_known(connection, tiny_dictionary, wanted, day)[1]

    january = date(2024, 1, 1)
    assert known(SECOND) == [(january, 200.2)]
    assert known(THIRD) == [(january, 210.2)]
    assert known(SECOND, by=("channel",)) == [(january, "agent", 50.05), (january, "online", 150.15)]
    assert known(SECOND, by=("channel",), where=("channel=online", "period=2024-01")) == [(january, "online", 150.15)]
    assert known(SECOND, codes=("answered_share", "answered_share_version_1")) == [(january, 3 / 7, 0.75)]
    with pytest.raises(MetricsError, match="the first publication knew the data up to 2024-02-20"):
        known(date(2024, 1, 1))
    with pytest.raises(MetricsError, match="published cut"):
        known(SECOND, codes=("answered_share",), by=("product",))
    with pytest.raises(MetricsError, match="no values are published by channel, colour"):
        known(SECOND, by=("channel", "colour"))
    with pytest.raises(MetricsError, match="name a --grain"):
        known(SECOND, grain=None)
