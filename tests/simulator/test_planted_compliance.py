"""The rules of law, compliance and intermediaries, written anew, find in the deliveries what the truth says and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import rules_of

# Each query gives (subject, severity) as the truth names them. `person_policy` names every person on a policy, `self_policy`
# the policies of salespersons; both are made below.
RULES = rules_of("compliance")


@pytest.fixture(scope="module")
def records(landed: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The deliveries, with each organisation's province, every person on a policy, and the policies of salespersons."""
    landed.execute(
        "create or replace table province as with recursive climbed as ("
        "select organisation_code, organisation_code as province_code, organisation_level, parent_organisation_code from organisation "
        "union all select climbed.organisation_code, parent.organisation_code, parent.organisation_level, parent.parent_organisation_code "
        "from climbed inner join organisation as parent on parent.organisation_code = climbed.parent_organisation_code "
        "where climbed.organisation_level > 2) "
        "select organisation_code, province_code from climbed where organisation_level <= 2 "
        "qualify row_number() over (partition by organisation_code order by organisation_level desc) = 1"
    )
    landed.execute(
        "create or replace table person_policy as "
        "select policy_number, id_number from policy inner join customer using (customer_id) where id_number is not null "
        "union select policy_number, id_number from planted_parties"
    )
    landed.execute(
        "create or replace table self_policy as with sellers as ("
        "select policy.policy_number, policy.employee_code, policy.issue_date, province_code, person_policy.id_number "
        "from policy inner join person_policy using (policy_number) inner join province using (organisation_code) "
        "where policy.employee_code is not null), "
        "own as (select policy_number from sellers inner join employee using (employee_code) where employee.id_number = sellers.id_number "
        "union select policy_number from sellers inner join salesperson_relation as relative using (employee_code) "
        "where relative_id_number = sellers.id_number and relation in ('spouse', 'parent', 'child')), "
        "colleagues as (select distinct policy_number from sellers inner join employee as other on other.id_number = sellers.id_number "
        "inner join province as home on home.organisation_code = other.organisation_code "
        "where other.employee_type = 'agent' and other.employee_code <> sellers.employee_code "
        "and home.province_code = sellers.province_code "
        "and other.hired_date <= issue_date and coalesce(other.left_date > issue_date, true)) "
        "select policy_number, 'self' as flag from own "
        "union all select policy_number, 'mutual' from colleagues anti join own using (policy_number)"
    )
    return landed


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(records: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(records.execute(f"select distinct * from ({RULES[rule]})").fetchall())
    truth = records.execute("select case_kind, severity, subject_code from planted_cases where rule_code = ?", [rule]).fetchall()
    expected = {subject: severity for kind, severity, subject in truth if kind == "fire"}
    silent = {subject for kind, _, subject in truth if kind == "silent"}
    assert {subject: fired.get(subject) for subject in expected} == expected
    assert silent & set(fired) == set()
    assert set(fired) - set(expected) == set()


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"CR32"}))
def test_every_rule_has_a_case_that_fires_and_one_that_must_not(records: duckdb.DuckDBPyConnection, rule: str) -> None:
    kinds = records.execute(
        "select case_kind, count(distinct case_number) from planted_cases "
        "where rule_code = ? and explanation not like '%ordinary course%' group by all",
        [rule],
    ).fetchall()
    assert {kind for kind, _ in kinds} == {"fire", "silent"}
