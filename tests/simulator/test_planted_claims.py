"""The claim risk points, written anew from their definitions, find in the deliveries what the truth says and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import rules_of

# Each query gives the subjects a point scores: the claim that completes the pattern, or a policy, hospital, town or agent.
POINTS = rules_of("claims")


@pytest.fixture(scope="module")
def records(landed: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The deliveries, with `losses`: claims reported by people with policy, vehicle and insured; and `payments` with the insured."""
    landed.execute(
        """
        create or replace temp table losses as
        select
            claim.*, claim_circumstance.* exclude (claim_number, reported_date, is_injury, _file, dt),
            policy.effective_date, policy.issued_at,
            policy.employee_code, policy.coverage_term_years, product.product_line, product.product_line = 'motor' as is_motor,
            vehicle.* exclude (policy_number, issue_date, _file, dt), insured.id_number as insured_id
        from claim
        inner join claim_circumstance using (claim_number)
        inner join policy using (policy_number)
        inner join product using (product_code)
        left join vehicle using (policy_number)
        left join policy_party as insured on insured.policy_number = claim.policy_number and insured.party_role = 'insured'
        """
    )
    landed.execute(
        "create or replace temp table payments as "
        "select claim_payment.*, insured_id from claim_payment inner join losses using (claim_number)"
    )
    return landed


@pytest.mark.parametrize("point", sorted(POINTS))
def test_what_is_planted_scores_and_nothing_else(records: duckdb.DuckDBPyConnection, point: str) -> None:
    scored = {subject for (subject,) in records.execute(POINTS[point]).fetchall()}
    truth = records.execute(
        "select case_kind, subject_code, coalesce(record_codes, '') from planted_cases where rule_code = ?", [point]
    ).fetchall()
    assert {kind for kind, *_ in truth} == {"fire", "silent"}
    explained: set[str] = set()
    for kind, subject, involved in truth:
        if kind == "fire":
            assert subject in scored, subject
            explained |= {subject, *involved.split()}
        else:
            assert not {subject, *involved.split()} & scored, subject
    assert scored - explained == set()


def test_every_planted_point_has_its_cases_whatever_the_history(records: duckdb.DuckDBPyConnection) -> None:
    cases = records.execute(
        "select count(*), count(*) filter (case_kind = 'fire') from planted_cases "
        "where rule_code between 'FR01' and 'FR28' and explanation <> 'in the ordinary course'"
    ).fetchone()
    assert cases == (108, 51)


def test_the_insured_who_is_the_holder_has_the_holders_identity(records: duckdb.DuckDBPyConnection) -> None:
    differing = records.execute(
        "select policy_number from policy_party inner join policy using (policy_number) inner join customer using (customer_id) "
        "where holder_relation = 'self' and party_role = 'insured' and customer.id_number <> policy_party.id_number"
    ).fetchall()
    assert differing == []


def test_no_insured_or_beneficiary_is_an_employee_unless_the_holder_is(records: duckdb.DuckDBPyConnection) -> None:
    related = records.execute(
        "select party_number from policy_party inner join employee using (id_number) inner join policy using (policy_number) "
        "inner join customer using (customer_id) where customer.id_number <> employee.id_number"
    ).fetchall()
    assert related == []


def test_manual_routing_and_savings_stay_in_the_range_of_the_trade(records: duckdb.DuckDBPyConnection) -> None:
    (routed, saved) = records.execute(
        "select avg(is_routed_to_person::integer) filter (review_stage = 'payment'), "
        "(select sum(refused_amount + reduced_amount + recovered_amount) from fraud_review) / (select sum(paid_amount) from claim_payment) "
        "from fraud_review"
    ).fetchone() or (0, 0)
    assert 0.05 < routed < 0.30
    assert 0.005 < saved < 0.15
