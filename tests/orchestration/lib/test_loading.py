"""Loading is idempotent, corrects and catches up."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder
from orchestration.lib.contracts import all_contracts
from orchestration.lib.loading import load_entity, load_pending, pending_dates, pending_deliveries, waiting_entities
from orchestration.lib.raw_database import open_raw_database
from tests.orchestration.lib.deliveries import (
    PARENTS,
    POLICY,
    assert_accounted,
    csv_bytes,
    day,
    gz_bytes,
    jsonl_bytes,
    load,
    parquet_bytes,
    policies,
    policy,
    put,
    query,
    raw_policies,
    state,
)

OLD = 1_600_000_000


@pytest.mark.parametrize("name", ["p.csv", "p.csv.gz", "p.jsonl", "p.parquet"])
def test_every_format_gives_the_same_rows(folder: DataFolder, name: str) -> None:
    records = [policy(1), policy(2, premium_amount="12345678901.23", employee_code=""), policy(3, intermediary_code="")]
    kind = name.split(".", 1)[1]
    content = {
        "csv": csv_bytes(records),
        "csv.gz": gz_bytes(records),
        "jsonl": jsonl_bytes(records),
        "parquet": parquet_bytes(folder.root, records),
    }[kind]
    put(folder, name, content)
    assert load(folder) == {name: ("loaded", 3, 3, 0)}
    rows = raw_policies(folder, "* exclude (_file, _file_sha256, _loaded_at, _load_id, _run_id)")
    with duckdb.connect() as connection:
        connection.execute("create table records (line json)")
        connection.executemany("insert into records values (?)", [[json.dumps(r)] for r in records])
        types = {n: c.type for n, c in all_contracts()[POLICY].columns.items()}
        values = ", ".join(f"nullif(line ->> '{n}', '')::{kind}" for n, kind in types.items())
        expected = connection.execute(f"select {values} from records order by 1").fetchall()
    assert rows == [(*row, number, day("2024-01-10")) for number, row in enumerate(expected, start=1)]
    provenance = raw_policies(folder, "_file, _file_sha256, _run_id")
    assert set(provenance) == {(f"{POLICY}/dt=2024-01-10/{name}", hashlib.sha256(content).hexdigest(), "run")}


def test_second_load_changes_nothing(folder: DataFolder) -> None:
    put(folder, "a.csv", csv_bytes([*policies(3), policy(9, applicant_age="x")]))
    put(folder, "b.csv", b"")
    put(folder, "c.csv", csv_bytes(policies(3, start=20))).with_name("c.csv.control.json").write_text('{"rows": 4}')
    load(folder, "first")
    before = state(folder)
    assert load(folder, "second") == {"b.csv": ("parked", 0, 0, 0), "c.csv": ("parked", 0, 0, 0)}, "told again, not written again"
    assert state(folder) == before


def test_same_content_under_another_name_or_date_is_not_loaded_again(folder: DataFolder) -> None:
    content = csv_bytes(policies(3))
    put(folder, "a.csv", content)
    put(folder, "b.csv", content)
    assert load(folder) == {"a.csv": ("loaded", 3, 3, 0), "b.csv": ("unchanged", 0, 0, 0)}
    put(folder, "c.csv", content, "2024-01-12")
    assert load(folder, "second") == {"c.csv": ("unchanged", 0, 0, 0)}
    assert len(raw_policies(folder)) == 3


def test_same_content_is_loaded_when_its_first_file_could_not_be(folder: DataFolder) -> None:
    content = csv_bytes(policies(3))
    first = put(folder, "a.csv", content)
    first.with_name("a.csv.control.json").write_text('{"rows": 99}')
    put(folder, "b.csv", content)
    assert load(folder) == {"a.csv": ("parked", 0, 0, 0), "b.csv": ("loaded", 3, 3, 0)}


def test_upsert_delivery_that_restores_an_earlier_state_is_loaded(folder: DataFolder) -> None:
    channel = PARENTS["master_data/channel"][0]
    changed = channel | {"channel_name_en": "Internet"}
    put(folder, "c.csv", csv_bytes([changed]), "2024-01-02", "master_data/channel")
    put(folder, "c.csv", csv_bytes([channel]), "2024-01-03", "master_data/channel")
    put(folder, "c.csv", csv_bytes([channel]), "2024-01-04", "master_data/channel")
    load(folder)
    names = query(folder, "select channel_name_en, _delivered_date::varchar from master_data.channel order by _delivered_date")
    assert names == [("Online", "2024-01-01"), ("Internet", "2024-01-02"), ("Online", "2024-01-03")]


def test_corrected_delivery_replaces_its_predecessor(folder: DataFolder) -> None:
    old = [policy(1), policy(2, issue_date="2024-01-07"), policy(3, applicant_age="x")]
    path = put(folder, "a.csv", csv_bytes(old))
    load(folder, "first")
    new = [policy(1, premium_amount="2.00"), policy(4, issue_date="2024-01-08")]
    path.write_bytes(csv_bytes(new))
    assert load(folder, "second") == {"a.csv": ("loaded", 2, 2, 0)}
    assert [number for number, _ in raw_policies(folder, "policy_number, premium_amount")] == ["P001", "P004"]
    loads = query(folder, "select load_id, superseded_by_load_id, rows_loaded from meta.loads where entity = 'policy' order by load_id")
    assert loads == [(loads[0][0], loads[1][0], 2), (loads[1][0], None, 2)]
    assert query(folder, "select status from meta.quarantine") == [("superseded",)]
    touched = query(
        folder,
        "select distinct business_date::varchar from meta.touched_dates where run_id = 'second' and entity = 'policy' order by all",
    )
    assert touched == [("2024-01-07",), ("2024-01-08",), ("2024-01-09",)], "dates of the rows that left, and of those that came"
    assert_accounted(folder)


def test_correction_that_cannot_be_read_leaves_its_predecessor(folder: DataFolder) -> None:
    path = put(folder, "a.csv", csv_bytes(policies(3)))
    load(folder)
    path.write_bytes(b"")
    assert load(folder, "second") == {"a.csv": ("parked", 0, 0, 0)}
    assert len(raw_policies(folder)) == 3
    path.write_bytes(csv_bytes(policies(4)))
    assert load(folder, "third") == {"a.csv": ("loaded", 4, 4, 0)}
    standing = query(folder, "select status from meta.loads where entity = 'policy' and superseded_by_load_id is null")
    assert standing == [("loaded",)]


def test_change_within_the_same_size_and_times_is_seen(folder: DataFolder) -> None:
    path = put(folder, "a.csv", csv_bytes([policy(1, premium_amount="1.00")]))
    os.utime(path, (OLD, OLD))
    load(folder)
    path.write_bytes(csv_bytes([policy(1, premium_amount="2.00")]))
    os.utime(path, (OLD, OLD))
    load(folder, "second")
    assert [str(amount) for (amount,) in raw_policies(folder, "premium_amount")] == ["2.00"]


def test_files_looked_at_before_are_not_read_again(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "a.csv", csv_bytes(policies(3)))
    put(folder, "b.csv", b"")
    monkeypatch.setattr("orchestration.lib.landing._RACY_NANOSECONDS", -1)
    load(folder)
    with open_raw_database(folder) as connection:
        assert pending_deliveries(connection, folder) == []
        put(folder, "b.csv.control.json", b"{}")
        assert [d.path.name for d in pending_deliveries(connection, folder)] == ["b.csv"], "parked, and its control file came"
        assert pending_dates(pending_deliveries(connection, folder)) == [day("2024-01-10")]


def test_entities_with_nothing_to_load_and_nothing_waiting_are_idle(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.lib.landing._RACY_NANOSECONDS", -1)
    put(folder, "a.csv", csv_bytes([policy(1), policy(2, product_code="NOT_YET_THERE")]))
    with open_raw_database(folder) as connection:
        assert POLICY in waiting_entities(connection, pending_deliveries(connection, folder)), "its delivery is new"
    load(folder)
    put(folder, "b.csv", csv_bytes([PARENTS["master_data/channel"][0]]), entity="master_data/channel")
    with open_raw_database(folder) as connection:
        waiting = waiting_entities(connection, pending_deliveries(connection, folder))
    assert waiting == {POLICY, "master_data/channel"}, "a row of the first waits for its product, the second has a delivery"


def test_late_and_parked_deliveries_are_picked_up_by_the_next_run(folder: DataFolder) -> None:
    put(folder, "a.csv", csv_bytes(policies(2)), "2024-01-12")
    path = put(folder, "b.csv", csv_bytes(policies(2, start=10)), "2024-01-12")
    control = path.with_name("b.csv.control.json")
    control.write_text('{"rows": 7}')
    assert load(folder)["b.csv"] == ("parked", 0, 0, 0)
    put(folder, "a.csv", csv_bytes(policies(2, start=20)), "2024-01-10")
    control.write_text('{"rows": 2}')
    assert load(folder, "second") == {"a.csv": ("loaded", 2, 2, 0), "b.csv": ("loaded", 2, 2, 0)}
    assert len(raw_policies(folder)) == 6


def test_one_delivery_date_can_be_loaded_alone(folder: DataFolder) -> None:
    put(folder, "a.csv", csv_bytes(policies(2)), "2024-01-12")
    put(folder, "b.csv", csv_bytes(policies(2, start=20)), "2024-01-13")
    with open_raw_database(folder) as connection:
        results = load_entity(connection, all_contracts()[POLICY], folder, "run", [day("2024-01-13")])
    assert [r.file for r in results] == [f"{POLICY}/dt=2024-01-13/b.csv"]


def test_same_record_in_two_files_of_one_business_date_is_kept_once(folder: DataFolder) -> None:
    put(folder, "a.csv", csv_bytes(policies(3)))
    put(folder, "b.jsonl", jsonl_bytes([policy(3), policy(4), policy(1, issue_date="2024-01-08")]))
    assert load(folder) == {"a.csv": ("loaded", 3, 3, 0), "b.jsonl": ("loaded", 3, 2, 1)}
    put(folder, "c.csv", csv_bytes([policy(2), policy(5)]), "2024-01-12")
    assert load(folder, "second") == {"c.csv": ("loaded", 2, 1, 1)}
    held = query(folder, "select rule, value_text, row_number from meta.quarantine order by quarantine_id")
    assert held == [("duplicate_key", "P003", 1), ("duplicate_key", "P002", 1)]


def test_upsert_records_may_come_again_and_touch_the_dates_they_leave(folder: DataFolder) -> None:
    request = {
        "request_number": "R1",
        "policy_number": "P001",
        "servicing_type": "surrender",
        "request_status": "open",
        "applied_date": "2024-01-09",
        "completed_date": "",
        "new_expiry_date": "",
        "refund_amount": "",
    }
    entity = "policy_admin/servicing_request"
    put(folder, "a.csv", csv_bytes(policies(1)))
    put(folder, "r.csv", csv_bytes([request]), entity=entity)
    load(folder)
    moved = request | {"applied_date": "2024-01-10", "completed_date": "2024-01-11", "request_status": "completed"}
    put(folder, "r.csv", csv_bytes([moved]), "2024-01-11", entity)
    assert load(folder, "second") == {"r.csv": ("loaded", 1, 1, 0)}
    touched = query(folder, "select distinct business_date::varchar from meta.touched_dates where run_id = 'second' order by all")
    assert touched == [("2024-01-09",), ("2024-01-10",), ("2024-01-11",)]


def test_many_small_files_are_scanned_together(folder: DataFolder) -> None:
    for i in range(60):
        put(folder, f"f{i:03d}.csv", csv_bytes(policies(2, start=i * 2 + 1)), f"2024-01-{10 + i % 5}")
    stages = []
    load_pending(folder, "run", progress=lambda stage, subject: stages.append((stage, subject)))
    assert [s for s in stages if s[0] == "committed"] == [("committed", "policy_admin/policy: 60 file(s)")]
    rows = raw_policies(folder, "policy_number, _file, _row_number")
    assert len(rows) == 120
    assert all(int(number[1:]) == int(Path(file).stem[1:]) * 2 + row for number, file, row in rows)


def test_row_numbers_hold_around_unreadable_lines(folder: DataFolder) -> None:
    for name, start in [("a.csv", 1), ("b.csv", 5001)]:
        lines = csv_bytes(policies(3000, start=start)).split(b"\n")
        lines[10] = b"short,line"
        lines[2000] = b"another"
        put(folder, name, b"\n".join(lines))
    assert load(folder) == {"a.csv": ("loaded", 3000, 2998, 2), "b.csv": ("loaded", 3000, 2998, 2)}
    wrong = query(
        folder,
        "select * from policy_admin.policy where policy_number[2:]::int <> _row_number + if(_file like '%a.csv', 0, 5000)",
    )
    assert wrong == []
    assert query(folder, "select distinct row_number from meta.quarantine order by all") == [(10,), (2000,)]
