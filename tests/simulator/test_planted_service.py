"""Rules on call-backs and complaints, written anew from their definitions, find what is planted and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import rules_of

# Each query gives (subject, severity) as the truth names them.
RULES = rules_of("service")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(landed: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(landed.execute(f"select * from ({RULES[rule]}) as findings").fetchall())
    truth = landed.execute("select subject_code, case_kind, severity from planted_cases where rule_code = ?", [rule]).fetchall()
    assert {kind for _, kind, _ in truth} == {"fire", "silent"}
    assert fired == {subject: severity for subject, kind, severity in truth if kind == "fire"}


def test_few_complaints_come_from_the_regulator(landed: duckdb.DuckDBPyConnection) -> None:
    shares = landed.execute("select avg((complaint_source = 'regulator')::integer), count(*) from complaint").fetchone()
    assert shares is not None
    assert 0 < shares[0] < 0.15


def test_a_problem_is_followed_by_a_call_that_succeeds(landed: duckdb.DuckDBPyConnection) -> None:
    unsettled = landed.execute(
        "select count(*) from policy_callback as problem where call_result = 'problem' and problem_handled_date is not null "
        "and problem_handled_date < as_of() and not exists (from policy_callback as later where "
        "later.policy_number = problem.policy_number and later.call_result = 'succeeded' and "
        "later.attempted_date > problem.problem_handled_date)"
    ).fetchone()
    assert unsettled == (0,)


def test_limits_rise_for_buyers_of_long_term_cover(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select count(*) from credit_limit inner join policy on policy_number = long_term_policy_number "
        "where change_kind <> 'policy_uplift' or credit_limit_amount <= previous_limit_amount or changed_date < issue_date"
    ).fetchone()
    assert wrong == (0,)
    assert landed.execute("select count(*) > 0 from credit_limit where change_kind = 'policy_uplift'").fetchone() == (True,)
