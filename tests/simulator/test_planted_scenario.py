"""The risk points of scenario covers, written anew over the deliveries, find what was planted and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import PLAN

AS_OF = f"date '{PLAN.as_of.isoformat()}'"

# Each query gives the subjects of one condition; a risk point fires on any of its conditions.
CONDITIONS = {
    "FR29": {
        "returns": """
            select last.buyer_token
            from (select distinct buyer_token, ordered_date from parcel) as last
            inner join parcel
                on parcel.buyer_token = last.buyer_token
                and parcel.ordered_date between last.ordered_date - 29 and last.ordered_date
            group by last.buyer_token, last.ordered_date
            having count(*) >= 10 and count(*) filter (is_returned) > 0.6 * count(*)
        """,
        "distance": "select buyer_token from parcel where is_returned and distance_kilometres < 1",
        "relation": "select buyer_token from parcel where is_returned and buyer_contact_token = seller_contact_token",
    },
    "FR30": {
        "stacking": "select passenger_token from flight_booking group by passenger_token, flight_code having count(*) >= 3",
        "absence": """
            select passenger_token
            from flight_booking inner join flight using (flight_code) inner join claim using (policy_number)
            where not is_checked_in or (not is_boarded and not is_cancelled)
        """,
        "delays": f"""
            select passenger_token
            from flight_booking inner join flight using (flight_code)
            where flight.flight_date > {AS_OF} - interval 12 month
            group by passenger_token
            having count(*) >= 3 and count(*) filter (is_cancelled or arrival_delay_minutes >= 120) > 0.6 * count(*)
        """,
    },
}


@pytest.mark.parametrize("rule", sorted(CONDITIONS))
def test_what_is_planted_fires_and_nothing_else(landed: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = {subject for query in CONDITIONS[rule].values() for (subject,) in landed.execute(query).fetchall()}
    truth = landed.execute("select case_kind, subject_code from planted_cases where rule_code = ?", [rule]).fetchall()
    assert {kind for kind, _ in truth} == {"fire", "silent"}
    assert fired == {subject for kind, subject in truth if kind == "fire"}


@pytest.mark.parametrize(("rule", "condition"), [(rule, condition) for rule in CONDITIONS for condition in CONDITIONS[rule]])
def test_every_condition_has_a_case(landed: duckdb.DuckDBPyConnection, rule: str, condition: str) -> None:
    assert landed.execute(CONDITIONS[rule][condition]).fetchall() != []


def test_claims_are_those_of_the_events(landed: duckdb.DuckDBPyConnection) -> None:
    parcels = landed.execute(
        "with claims as (select policy_number, claimed_amount from claim where claim_type = 'return_freight') "
        "select count(*) from parcel full join claims on claims.policy_number = parcel.policy_number "
        "where (is_returned is true) <> (claims.policy_number is not null) or claimed_amount <> freight_amount"
    ).fetchone()
    assert parcels == (0,)
    landed.execute(
        "create or replace table late as select policy_number, is_checked_in "
        "from flight_booking inner join flight using (flight_code) inner join cover_term using (policy_number) "
        "where is_cancelled or (is_boarded and arrival_delay_minutes >= threshold_level)"
    )
    # Paid without having boarded a flight that left: the two planted cases.
    absent = landed.execute(
        "select count(*) from claim anti join late on late.policy_number = claim.policy_number where claim_type = 'flight_delay'"
    ).fetchone()
    assert absent == (2,)
    unclaimed = landed.execute(
        "select count(*) from late anti join claim on claim.policy_number = late.policy_number where is_checked_in"
    ).fetchone()
    assert unclaimed == (0,)
