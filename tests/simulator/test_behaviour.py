"""The simulated group behaves: seasons, cohorts, severities, queues and defaults an actuary would believe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from simulator.engine import build_world
from simulator.plots import PICTURES, draw_pictures
from tests.simulator.conftest import PLAN


@pytest.fixture(scope="module")
def world() -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo group in memory: tables `world.*`."""
    connection = build_world(replace(PLAN, scale="demo"), lambda line: None)
    yield connection
    connection.close()


def _one(world: duckdb.DuckDBPyConnection, sql: str) -> float:
    row = world.execute(sql).fetchone()
    assert row is not None
    return float(row[0])


def test_double_eleven_is_the_peak_of_return_freight(world: duckdb.DuckDBPyConnection) -> None:
    days = world.execute(
        "select strftime(issue_date, '%m-%d'), count(*) from world.policy where product_code = 'RETURN_FREIGHT' and "
        "year(issue_date) = 2021 "
        "group by 1 order by 2 desc"
    ).fetchall()
    assert days[0][0] == "11-11"
    assert days[0][1] > 8 * (sum(count for _, count in days) / 365)


def test_the_opening_quarter_rushes_and_spring_festival_rests(world: duckdb.DuckDBPyConnection) -> None:
    savings = "from world.policy where kind = 'savings'"
    january = _one(world, f"select count(*) / 3.0 {savings} and month(issue_date) = 1")
    july = _one(world, f"select count(*) / 2.0 {savings} and month(issue_date) = 7")
    festival = _one(world, f"select count(*) / 7.0 {savings} and issue_date between '2021-02-11' and '2021-02-17'")
    february = _one(world, f"select count(*) / 21.0 {savings} and year(issue_date) = 2021 and month(issue_date) = 2") - festival / 3
    assert january > 2 * july
    assert festival < 0.35 * february


def test_thirteen_month_persistency_differs_by_branch_around_85_percent(world: duckdb.DuckDBPyConnection) -> None:
    rates = dict(
        world.execute(
            "select organisation_code, avg((policy_id in (select policy_id from world.premium where policy_year = "
            "2))::integer) "
            "from world.policy where is_long_term and payment_frequency <> 'single' and not is_planted and "
            "issue_date < date '2021-04-01' "
            "and policy_id not in (select policy_id from world.policy_fate where free_look_date is not null) group "
            "by rollup (organisation_code)"
        ).fetchall()
    )
    assert 0.82 < rates[None] < 0.88
    assert rates["LIFE_SX"] < rates["LIFE_BJ"] - 0.02


def test_free_look_and_delivery_rates(world: duckdb.DuckDBPyConnection) -> None:
    free_look = _one(
        world,
        "select avg((free_look_date is not null)::integer) from world.policy_fate inner join world.policy using "
        "(policy_id) "
        "where policy.is_long_term and not is_planted",
    )
    delivered = _one(
        world,
        "select avg((signed_date - issue_date <= 15)::integer) from world.policy_delivery where year(issue_date) = 2022",
    )
    assert 0.02 < free_look < 0.04
    assert delivered > 0.98


def test_the_property_insurer_needs_less_paper_every_year(world: duckdb.DuckDBPyConnection) -> None:
    years = world.execute(
        "select year(policy.issue_date), avg(policy.is_electronic::integer), avg((policy.is_electronic and printed_date is null)::integer) "
        "from world.policy inner join world.policy_delivery using (policy_id) where company_code = 'PROP' group by 1 order by 1"
    ).fetchall()
    assert [year for year, *_ in years] == list(range(2014, 2023))
    for shares in zip(*years, strict=True):
        assert list(shares) == sorted(shares)
    assert all(paperless < electronic for _, electronic, paperless in years)


def test_owners_without_a_claim_stay_more_often(world: duckdb.DuckDBPyConnection) -> None:
    stayed, claimed = world.execute(
        "with terms as (select policy_id, term, renews, exists (select 1 from world.claim inner join world.policy using (policy_id) "
        "where claim.policy_id = motor_renewal.policy_id and date_sub('year', policy.effective_date, loss_date) = term - 1) as has_claim "
        "from world.motor_renewal) "
        "select avg(renews::integer) filter (not has_claim), avg(renews::integer) filter (has_claim) from terms"
    ).fetchone() or (0, 0)
    assert 0.78 < stayed < 0.81
    assert claimed < stayed - 0.03


def test_growth_differs_by_channel(world: duckdb.DuckDBPyConnection) -> None:
    growth = dict(
        world.execute(
            "select channel_code, count(*) filter (year(issue_date) = 2022) / count(*) filter (year(issue_date) = 2021) - 1 "
            "from world.policy where month(issue_date) <= 6 and not is_planted group by 1"
        ).fetchall()
    )
    assert growth["BANC"] > 0.10
    assert growth["ONLINE"] > growth["AGENCY"]
    assert growth["DIRECT"] < growth["BANC"]


def test_every_line_pays_out_less_than_it_takes_in(world: duckdb.DuckDBPyConnection) -> None:
    ratios = dict(
        world.execute(
            "with paid as (select product_code, sum(settled_amount) as amount from world.claim group by 1), "
            "taken as (select product_code, sum(premium_amount) as amount from world.premium group by 1) "
            "select product_code, paid.amount / taken.amount from paid inner join taken using (product_code)"
        ).fetchall()
    )
    for product in ("MOTOR", "HEALTH_MEDICAL", "ACCIDENT_YEAR", "RETURN_FREIGHT", "FLIGHT_DELAY"):
        assert 0.25 < ratios[product] < 0.95, (product, ratios[product])


def test_small_motor_claims_are_paid_faster_every_year(world: duckdb.DuckDBPyConnection) -> None:
    rates = dict(
        world.execute(
            "select year(reported_date), avg((pay_hours <= 24)::integer) from world.claim "
            "where claim_type = 'motor_damage' and claimed_amount < 5000 group by 1"
        ).fetchall()
    )
    assert rates[2020] < rates[2021] < rates[2022]
    assert 0.38 < rates[2022] < 0.49


def test_scenario_covers_are_paid_in_minutes(world: duckdb.DuckDBPyConnection) -> None:
    assert 4 < _one(world, "select 60 * median(pay_hours) from world.claim where is_micro") < 20
    assert 2 < _one(world, "select 60 * min(pay_hours) from world.claim where is_micro") < 8


def test_claims_are_reported_with_a_lag_by_line(world: duckdb.DuckDBPyConnection) -> None:
    lags = dict(world.execute("select claim_type, avg(reported_date - loss_date) from world.claim group by 1").fetchall())
    assert lags["return_freight"] == 0
    assert lags["motor_damage"] < 2 < lags["accident"] < lags["medical"] < 60


def test_contact_centre_answers_and_the_ai_substitutes(world: duckdb.DuckDBPyConnection) -> None:
    answered = _one(world, "select avg(is_human_answered::integer) from world.contact where is_human_requested")
    alone = _one(
        world,
        "select sum((contact_type = 'ai_session' and not is_transferred_to_human)::integer) / "
        "(sum((contact_type = 'ai_session' and not is_transferred_to_human)::integer) + "
        "sum(is_human_answered::integer)) from world.contact",
    )
    assert 0.97 < answered < 0.99
    assert 0.75 < alone < 0.85


def test_payments_succeed_but_for_technical_failures_that_are_retried(world: duckdb.DuckDBPyConnection) -> None:
    success = _one(
        world,
        "select avg((order_status = 'succeeded')::integer) from world.payment_order "
        "where coalesce(failure_reason, '') not in ('user_cancelled', 'insufficient_balance')",
    )
    retried = _one(world, "select count(*) from world.payment_order where try_id % 2 = 1 and try_id < 900000000")
    assert 0.990 < success < 0.996
    assert retried > 100


def test_complaints_are_closed_in_time_but_for_a_few(world: duckdb.DuckDBPyConnection) -> None:
    on_time = _one(
        world,
        "select avg((closed_date <= due_date)::integer) from world.complaint where case_number = 0 and due_date <= as_of()",
    )
    assert 0.95 < on_time < 0.99


def test_default_follows_the_visible_attributes_but_not_wholly(world: duckdb.DuckDBPyConnection) -> None:
    auc = _one(
        world,
        "with ranked as (select is_bad, rank() over (order by visible_logit) + (count(*) over (partition by "
        "visible_logit) - 1) / 2.0 as position "
        "from world.borrower where not is_open) "
        "select (sum(position) filter (is_bad) - count(*) filter (is_bad) * (count(*) filter (is_bad) + 1) / 2) "
        "/ (count(*) filter (is_bad) * count(*) filter (not is_bad)) from ranked",
    )
    bad = _one(world, "select avg(is_bad::integer) from world.borrower where not is_open")
    assert 0.72 < auc < 0.88
    assert 0.04 < bad < 0.09


def test_later_borrowers_have_drifted_and_their_outcome_is_open(world: duckdb.DuckDBPyConnection) -> None:
    drift = _one(world, "select avg(utilisation) filter (is_open) / avg(utilisation) filter (not is_open) from world.borrower")
    closed = _one(
        world,
        "select count(*) from delivery.lending__borrower where observation_date >= '2021-06-01' and is_serious_delinquent is not null",
    )
    assert 1.05 < drift < 1.25
    assert closed == 0


def test_every_picture_is_drawn_and_drawn_again_it_is_the_same(world: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    once, again = draw_pictures(world, tmp_path / "once"), draw_pictures(world, tmp_path / "again")
    assert [file.stem for file in once] == list(PICTURES)
    for file, same in zip(once, again, strict=True):
        assert file.read_bytes() == same.read_bytes()
        assert file.read_text(encoding="utf-8").count("\nL ") > 20, "points joined by lines"
