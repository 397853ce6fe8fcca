"""Every compliance case the simulator planted is found, every near miss is silent, and nothing else is reported."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder

RULES = ("CR01", "CR07", "CR10", "CR19", "CR27", "CR29", "CR35", "CR37")


@pytest.fixture(scope="module")
def warehouse(demo_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built marts of the simulated group, with views of what was planted and of what each finding is about.

    `planted` has one row per planted case; `found` has one row per finding and key by which the truth may name it, as
    the truth names a person by one customer record and the finding by the key of the person.
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{demo_folder.warehouse_database}' as built (read_only)")
    connection.execute(
        "create table planted as select * from read_csv(?, all_varchar = true, header = true)",
        [str(demo_folder.truth / "planted_cases.csv")],
    )
    connection.execute(
        """
        create table found as
        select findings.finding_id, findings.rule_code, findings.severity, findings.subject_code
        from built.marts.fct_compliance_findings as findings
        where findings.rule_code not in ('CR19', 'CR35', 'CR37')
        union
        -- a mobile number: the truth names the records on which it stands
        select findings.finding_id, findings.rule_code, findings.severity, evidence.record_key
        from built.marts.fct_compliance_findings as findings
        inner join built.marts.fct_compliance_finding_evidence as evidence using (finding_id)
        where findings.rule_code = 'CR19'
        union
        -- a person: the truth names one of the person's customer records
        select findings.finding_id, findings.rule_code, findings.severity, records.customer_id
        from built.marts.fct_compliance_findings as findings
        inner join built.marts.bridge_customer_records as records on findings.subject_code = records.customer_key
        where findings.rule_code in ('CR35', 'CR37')
        """
    )
    yield connection
    connection.close()


@pytest.mark.parametrize("rule", RULES)
def test_the_simulator_plants_both_kinds_of_case(warehouse: duckdb.DuckDBPyConnection, rule: str) -> None:
    kinds = warehouse.execute("select distinct case_kind from planted where rule_code = ?", [rule]).fetchall()
    assert {kind for (kind,) in kinds} == {"fire", "silent"}


@pytest.mark.parametrize("rule", RULES)
def test_every_planted_case_is_found_with_its_severity(warehouse: duckdb.DuckDBPyConnection, rule: str) -> None:
    missed = warehouse.execute(
        """
        select planted.case_number, planted.subject_code, planted.severity, planted.explanation, found.severity
        from planted
        left join found on planted.rule_code = found.rule_code and planted.subject_code = found.subject_code
        where planted.rule_code = ? and planted.case_kind = 'fire' and found.severity is distinct from planted.severity
        """,
        [rule],
    ).fetchall()
    assert missed == []


@pytest.mark.parametrize("rule", RULES)
def test_every_near_miss_is_silent(warehouse: duckdb.DuckDBPyConnection, rule: str) -> None:
    reported = warehouse.execute(
        """
        select planted.case_number, planted.subject_code, planted.explanation
        from planted
        inner join found on planted.rule_code = found.rule_code and planted.subject_code = found.subject_code
        where planted.rule_code = ? and planted.case_kind = 'silent'
        """,
        [rule],
    ).fetchall()
    assert reported == []


@pytest.mark.parametrize("rule", RULES)
def test_nothing_is_found_that_was_not_planted(warehouse: duckdb.DuckDBPyConnection, rule: str) -> None:
    planted = "select 1 from planted where case_kind = 'fire' and planted.rule_code = found.rule_code"
    unplanted = warehouse.execute(
        f"""
        select findings.subject_code, findings.summary_en
        from built.marts.fct_compliance_findings as findings
        where findings.rule_code = ? and findings.finding_id not in (
            select found.finding_id from found where exists ({planted} and planted.subject_code = found.subject_code)
        )
        """,
        [rule],
    ).fetchall()
    assert unplanted == []


def test_every_finding_is_proved_by_records(warehouse: duckdb.DuckDBPyConnection) -> None:
    unproved = warehouse.execute(
        """
        select finding_id
        from built.marts.fct_compliance_findings
        where finding_id not in (select finding_id from built.marts.fct_compliance_finding_evidence)
        """
    ).fetchall()
    assert unproved == []
