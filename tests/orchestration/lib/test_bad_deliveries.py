"""Every kind of bad delivery ends where it must, with its reason, and no row is lost."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from metrics_dictionary.locations import DataFolder
from orchestration.lib.loading import load_pending
from tests.orchestration.lib.accepted_cases import ACCEPTED
from tests.orchestration.lib.bad_delivery import GOOD, Bad, one_bad
from tests.orchestration.lib.deliveries import assert_accounted, csv_bytes, place, policies, policy, query
from tests.orchestration.lib.parked_cases import PARKED_FILES
from tests.orchestration.lib.row_cases import BAD_ROWS


def deliver(folder: DataFolder, bad: Bad) -> str:
    """Write the delivery of a case; returns its path in the landing zone."""
    path = folder.landing / bad.path if bad.path else place(folder, bad.entity, bad.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bad.content if isinstance(bad.content, bytes) else bad.content(folder.root))
    if bad.control is not None:
        path.with_name(path.name + ".control.json").write_text(bad.control)
    return path.relative_to(folder.landing).as_posix()


@pytest.mark.parametrize("bad", PARKED_FILES, ids=lambda bad: bad.kind)
def test_file_that_cannot_be_taken_is_parked_with_its_reason(folder: DataFolder, bad: Bad) -> None:
    file = deliver(folder, bad)
    place(folder, "policy_admin/policy", "good.csv").write_bytes(csv_bytes(policies(2, start=900)))
    results = {result.file: result for result in load_pending(folder, "run") if result.status != "unchanged"}
    parked = results.pop(file)
    assert (parked.status, parked.reason) == ("parked", bad.reason)
    assert (parked.rows_read, parked.rows_loaded, parked.rows_quarantined) == (0, 0, 0)
    assert bad.detail in (parked.detail or "")
    assert [r.rows_loaded for r in results.values()] == [2], "a parked file stops no other"
    assert query(folder, "select status, reason, rows_read from meta.loads where file = ?", file) == [("parked", bad.reason, 0)]
    assert_accounted(folder)


@pytest.mark.parametrize("bad", [*BAD_ROWS, *ACCEPTED], ids=lambda bad: bad.kind)
def test_bad_rows_go_to_quarantine_and_good_ones_to_raw(folder: DataFolder, bad: Bad) -> None:
    file = deliver(folder, bad)
    (result,) = [r for r in load_pending(folder, "run", entities=[bad.entity]) if r.file == file]
    faulty = sum(len(rows) for rows in bad.faults.values())
    assert (result.status, result.reason) == ("loaded", None)
    assert (result.rows_read, result.rows_loaded, result.rows_quarantined) == (bad.read, bad.read - faulty, faulty)
    assert bad.detail in (result.detail or "")
    held = query(
        folder,
        "select rule, column_name, row_number, record from meta.quarantine where file = ? order by row_number",
        file,
    )
    expected = Counter((rule, column, row) for (rule, column), rows in bad.faults.items() for row in rows)
    named = Counter((rule, column if (rule, column) in bad.faults else None, row) for rule, column, row, _ in held)
    assert named == expected
    assert all(record for *_, record in held), "the whole record is kept"
    table = bad.entity.replace("/", ".")
    numbers = {row for (row,) in query(folder, f"select _row_number from {table} where _file = ?", file)}
    assert numbers == set(range(1, bad.read + 1)) - {row for _, _, row in expected}
    assert_accounted(folder)


def test_there_are_more_than_forty_kinds_of_bad_delivery() -> None:
    kinds = [bad.kind for bad in [*PARKED_FILES, *BAD_ROWS]]
    assert len(set(kinds)) == len(kinds) >= 40


@pytest.mark.parametrize("name", ["policy.csv.tmp", "policy.csv.part", ".policy.csv", "_SUCCESS"])
def test_file_still_being_written_is_no_delivery(folder: DataFolder, name: str) -> None:
    place(folder, "policy_admin/policy", name).write_bytes(csv_bytes(GOOD))
    assert [r for r in load_pending(folder, "run") if r.entity == "policy"] == []


def test_record_of_a_bad_row_holds_every_value_and_its_value_is_cut(folder: DataFolder) -> None:
    long = "z" * 500
    place(folder, "policy_admin/policy", "p.csv").write_bytes(one_bad(customer_id=long))
    load_pending(folder, "run")
    ((value, record),) = query(folder, "select value_text, record from meta.quarantine")
    assert value == long[:200]
    assert json.loads(record) == {k: v or None for k, v in policy(2, customer_id=long).items()}
