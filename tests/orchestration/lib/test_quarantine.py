"""Quarantined rows can be listed, exported, corrected and replayed, and no row is ever counted twice or lost."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder
from orchestration.lib import quarantine
from orchestration.lib.checks_ledger import CheckResult, record_checks
from orchestration.lib.contracts import all_contracts
from orchestration.lib.loading import load_pending, unchecked_runs, unfinished_entities
from orchestration.lib.raw_database import open_raw_database
from tests.orchestration.lib.deliveries import (
    PARENTS,
    assert_accounted,
    csv_bytes,
    parquet_bytes,
    place,
    policies,
    policy,
    query,
    raw_policies,
)

POLICY = "policy_admin/policy"
CLAIM = {
    "claim_number": "K1",
    "policy_number": "P002",
    "loss_date": "2024-01-09",
    "reported_at": "2024-01-09 12:00:00",
    "reported_date": "2024-01-09",
    "claim_type": "return",
    "is_injury": "false",
    "claimed_amount": "5.00",
    "report_method": "app",
}
NEW_PRODUCT = PARENTS["master_data/product"][0] | {"product_code": "RF02"}


def put(folder: DataFolder, records: list[dict], name: str = "a.csv", entity: str = POLICY, day: str = "2024-01-10") -> None:
    place(folder, entity, name, day).write_bytes(csv_bytes(records))


def counts(folder: DataFolder, entity: str = "policy") -> list[tuple]:
    return query(
        folder,
        "select rows_read, rows_loaded, rows_quarantined from meta.loads where entity = ? and status = 'loaded' order by load_id",
        entity,
    )


def replay(folder: DataFolder, entity: str = POLICY, **options: object) -> quarantine.ReplayResult:
    with open_raw_database(folder) as connection:
        return quarantine.replay(connection, all_contracts()[entity], "replay", **options)


def correct(folder: DataFolder, file: Path) -> quarantine.ReplayResult:
    with open_raw_database(folder) as connection:
        quarantine.read_corrections(connection, file)
        return quarantine.replay(connection, all_contracts()[POLICY], "replay", corrected=True)


def test_rows_that_waited_for_a_parent_enter_when_it_comes(folder: DataFolder) -> None:
    put(folder, [policy(1), policy(2, product_code="RF02"), policy(3, product_code="RF03")])
    put(folder, [CLAIM], entity="claims/claim")
    load_pending(folder, "first")
    assert (counts(folder), counts(folder, "claim")) == ([(3, 1, 2)], [(1, 0, 1)])
    put(folder, [NEW_PRODUCT], "new.csv", "master_data/product", "2024-01-11")
    load_pending(folder, "second")
    assert (counts(folder), counts(folder, "claim")) == ([(3, 2, 1)], [(1, 1, 0)])
    assert raw_policies(folder, "policy_number, _row_number, _run_id, _delivered_date::varchar") == [
        ("P001", 1, "first", "2024-01-10"),
        ("P002", 2, "second", "2024-01-10"),
    ]
    touched = query(folder, "select distinct entity, business_date::varchar from meta.touched_dates where run_id = 'second' order by all")
    assert touched == [("claim", "2024-01-09"), ("policy", "2024-01-09"), ("product", "2024-01-01")]
    assert_accounted(folder)


def test_rows_whose_parent_came_in_a_killed_run_enter_with_the_next(folder: DataFolder) -> None:
    put(folder, [policy(1), policy(2, product_code="RF02")])
    load_pending(folder, "first")
    put(folder, [NEW_PRODUCT], "new.csv", "master_data/product", "2024-01-11")
    load_pending(folder, "killed", entities=["master_data/product"])
    assert counts(folder) == [(2, 1, 1)]
    with open_raw_database(folder) as connection:
        assert POLICY in unfinished_entities(connection)
    load_pending(folder, "next")
    assert counts(folder) == [(2, 2, 0)]
    assert_accounted(folder)


def test_what_no_check_has_seen_is_unfinished_whoever_loaded_it(folder: DataFolder) -> None:
    put(folder, [policy(1)])
    load_pending(folder, "killed")
    put(folder, [policy(2)], "b.csv")
    load_pending(folder, "next")
    with open_raw_database(folder) as connection:
        assert set(unchecked_runs(connection)[POLICY]) == {"killed", "next"}
    seen = CheckResult("delivery", "policy_admin", POLICY, None, "expect_something", "passed")
    record_checks(folder, "next", [seen])
    with open_raw_database(folder) as connection:
        assert POLICY not in unchecked_runs(connection)
    put(folder, [policy(3)], "c.csv")
    load_pending(folder, "third")
    with open_raw_database(folder) as connection:
        assert unchecked_runs(connection)[POLICY] == ["third"]
        assert POLICY in unfinished_entities(connection)


def test_replay_judges_by_the_present_rules_and_only_once(folder: DataFolder) -> None:
    put(folder, [policy(1), policy(1, premium_amount="9.00"), policy(2, premium_amount="-1.00")])
    load_pending(folder, "first")
    assert replay(folder) == quarantine.ReplayResult(2, 0)
    assert query(folder, "select rule from meta.quarantine order by row_number") == [("duplicate_key",), ("below_minimum",)]
    assert replay(folder, rule="required") == quarantine.ReplayResult(0, 0)
    assert counts(folder) == [(3, 1, 2)]
    assert_accounted(folder)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_exported_rows_can_be_corrected_and_replayed(folder: DataFolder, tmp_path: Path, suffix: str) -> None:
    records = [policy(1), policy(2, applicant_age="thirty"), policy(3, customer_id="=1+1"), policy(4, issue_date="")]
    put(folder, records)
    load_pending(folder, "first")
    target = tmp_path / f"export{suffix}"
    with open_raw_database(folder) as connection:
        assert quarantine.export_rows(connection, quarantine.QuarantineFilter(entity="policy"), target) == 3
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    if suffix == ".csv":
        with target.open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert [row["value_text"] for row in rows] == ["thirty", "'=1+1", ""], "a formula is not run by a spreadsheet"
    else:
        rows = [json.loads(line) for line in target.read_text().splitlines()]
    fixes = {"applicant_age": "30", "customer_id": "C3"}
    for row in rows[:2]:
        row["record"] = json.dumps(json.loads(row["record"]) | {row["column_name"]: fixes[row["column_name"]]})
    corrected = tmp_path / f"corrected{suffix}"
    with corrected.open("w", newline="") as stream:
        if suffix == ".csv":
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        else:
            stream.writelines(json.dumps(row) + "\n" for row in rows)
    assert correct(folder, corrected) == quarantine.ReplayResult(3, 2)
    assert counts(folder) == [(4, 3, 1)]
    assert raw_policies(folder, "policy_number, customer_id, applicant_age") == [("P001", "C1", 30), ("P002", "C1", 30), ("P003", "C3", 30)]
    statuses = query(folder, "select row_number, status from meta.quarantine order by row_number")
    assert statuses == [(2, "replayed"), (3, "replayed"), (4, "open")]
    assert len(query(folder, "select record from meta.quarantine_corrections")) == 2
    assert correct(folder, corrected) == quarantine.ReplayResult(1, 0), "what is replayed is not replayed again"
    assert_accounted(folder)


def test_line_that_was_no_csv_can_be_replayed_with_a_corrected_record(folder: DataFolder, tmp_path: Path) -> None:
    broken = csv_bytes(policies(3)).replace(b"P002,C1,", b"P002,")
    place(folder, POLICY, "a.csv").write_bytes(broken)
    load_pending(folder, "first")
    assert replay(folder) == quarantine.ReplayResult(0, 0), "a raw line has no column names"
    ((number,),) = query(folder, "select quarantine_id from meta.quarantine")
    file = tmp_path / "c.jsonl"
    file.write_text(json.dumps({"quarantine_id": number, "record": policy(2)}))
    assert correct(folder, file) == quarantine.ReplayResult(1, 1)
    assert raw_policies(folder, "policy_number, _row_number") == [("P001", 1), ("P002", 2), ("P003", 3)]
    assert_accounted(folder)


def test_replayed_parquet_row_equals_the_loaded_one(folder: DataFolder, tmp_path: Path) -> None:
    records = [policy(1, premium_amount="12345678901.23"), policy(2, premium_amount="12345678901.23", product_code="RF02")]
    place(folder, POLICY, "a.parquet").write_bytes(parquet_bytes(tmp_path, records))
    load_pending(folder, "first")
    put(folder, [NEW_PRODUCT], "new.csv", "master_data/product", "2024-01-11")
    load_pending(folder, "second")
    first, second = raw_policies(folder, "* exclude (policy_number, product_code, _row_number, _load_id, _run_id, _loaded_at)")
    assert first == second


def test_rows_of_a_corrected_delivery_are_not_replayed(folder: DataFolder) -> None:
    put(folder, [policy(1, product_code="RF02")])
    load_pending(folder, "first")
    put(folder, [policy(1)])
    load_pending(folder, "second")
    put(folder, [NEW_PRODUCT], "new.csv", "master_data/product", "2024-01-11")
    load_pending(folder, "third")
    assert raw_policies(folder, "policy_number, product_code") == [("P001", "RF01")]
    assert_accounted(folder)


def test_list_and_summary_follow_the_filter(folder: DataFolder) -> None:
    put(folder, [policy(1, applicant_age="x"), policy(2, applicant_age="y"), policy(3, product_code="NONE")])
    load_pending(folder, "first")
    with open_raw_database(folder) as connection:
        everything = quarantine.summarise(connection, quarantine.QuarantineFilter())
        assert [row[2:6] for row in everything] == [("wrong_type", "applicant_age", 2, 1), ("unknown_reference", "product_code", 1, 1)]
        assert len(quarantine.list_rows(connection, quarantine.QuarantineFilter(rule="wrong_type"), limit=10)) == 2
        assert len(quarantine.list_rows(connection, quarantine.QuarantineFilter(), limit=1)) == 1
        assert quarantine.list_rows(connection, quarantine.QuarantineFilter(status="replayed"), limit=9) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("c.jsonl", '{"quarantine_id": 1, "record": "P1,C1"}', "not a JSON object"),
        ("c.csv", "a,b\n1,2\n", "quarantine_id"),
        ("c.jsonl", "nonsense", "cannot be used"),
    ],
)
def test_unusable_corrections_are_refused(folder: DataFolder, tmp_path: Path, name: str, text: str, told: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    with open_raw_database(folder) as connection, pytest.raises(quarantine.CorrectionFileError, match=told):
        quarantine.read_corrections(connection, file)


def test_export_needs_a_known_file_type(folder: DataFolder, tmp_path: Path) -> None:
    with open_raw_database(folder) as connection, pytest.raises(quarantine.CorrectionFileError, match=r"\.csv or \.jsonl"):
        quarantine.export_rows(connection, quarantine.QuarantineFilter(), tmp_path / "x.xlsx")


def test_replay_that_fails_leaves_everything_as_it_was(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, [policy(1), policy(2, product_code="RF02")])
    load_pending(folder, "first")

    def fail(*_: object) -> None:
        raise duckdb.IOException("disk full")

    monkeypatch.setattr("orchestration.lib.ledger.write_touched_dates", fail)
    with pytest.raises(duckdb.IOException):
        replay(folder)
    assert counts(folder) == [(2, 1, 1)]
    assert_accounted(folder)
