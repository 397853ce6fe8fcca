"""Loading is idempotent, corrects, catches up, and survives being killed."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.contracts import all_contracts
from orchestration.lib.loading import load_entity, load_pending, pending_dates, pending_deliveries
from orchestration.lib.locks import PipelineBusyError, pipeline_lock
from orchestration.lib.raw_database import open_raw_database
from tests.orchestration.lib.deliveries import (
    PARENTS,
    assert_accounted,
    csv_bytes,
    day,
    gz_bytes,
    jsonl_bytes,
    parquet_bytes,
    place,
    policies,
    policy,
    query,
    raw_policies,
    state,
)

POLICY = "policy_admin/policy"
OLD = 1_600_000_000


def put(folder: DataFolder, name: str, content: bytes, delivered: str = "2024-01-10", entity: str = POLICY) -> Path:
    """Write a delivery that looks as if it had been there for long."""
    path = place(folder, entity, name, delivered)
    path.write_bytes(content)
    return path


def load(folder: DataFolder, run_id: str = "run", **options: object) -> dict[str, tuple]:
    """Load and return (status, rows read, loaded, quarantined) by file name, unchanged files of before left out."""
    results = load_pending(folder, run_id, **options)
    return {
        Path(r.file).name: (r.status, r.rows_read, r.rows_loaded, r.rows_quarantined)
        for r in results
        if not (r.status == "unchanged" and r.reason is None)
    }


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
    load(folder, "first")
    before = state(folder)
    assert load(folder, "second") == {}
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
        assert pending_dates(connection, folder) == [day("2024-01-10")]


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


CHILD = """
import os, signal, sys
from pathlib import Path
from metrics_dictionary.locations import DataFolder
from orchestration.lib.loading import load_pending

wanted, count = sys.argv[2], int(sys.argv[3])
seen = 0

def progress(stage, subject):
    global seen
    seen += stage == wanted
    if stage == wanted and seen == count:
        os.kill(os.getpid(), signal.SIGKILL)

load_pending(DataFolder(Path(sys.argv[1])), "killed", progress=progress)
"""


def run_child(code: str, folder: DataFolder, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", textwrap.dedent(code), str(folder.root), *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(
    ("stage", "count"),
    [("hashed", 1), ("superseded", 1), ("inserted", 1), ("before_commit", 1), ("committed", 1), ("before_commit", 2)],
)
def test_load_that_is_killed_is_completed_by_the_next(folder: DataFolder, tmp_path: Path, stage: str, count: int) -> None:
    corrected = put(folder, "a.csv", csv_bytes(policies(5)), "2024-01-10")
    load(folder, "before")
    corrected.write_bytes(csv_bytes([*policies(3), policy(8, applicant_age="x")]))
    put(folder, "b.jsonl", jsonl_bytes([*policies(300, start=20), policy(1)]), "2024-01-10")
    put(folder, "c.parquet", parquet_bytes(tmp_path, policies(300, start=400)), "2024-01-11")
    undisturbed = DataFolder(tmp_path / "undisturbed")
    shutil.copytree(folder.root, undisturbed.root)
    load(undisturbed)

    killed = run_child(CHILD, folder, stage, count)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert_accounted(folder)
    load(folder)
    assert_accounted(folder)
    assert state(folder) == state(undisturbed)


def test_file_that_changes_while_it_is_read_is_left_for_the_next_run(folder: DataFolder) -> None:
    path = put(folder, "a.csv", csv_bytes(policies(3)))
    put(folder, "b.csv", csv_bytes(policies(3, start=10)))

    def progress(stage: str, subject: str) -> None:
        if stage == "inserted" and "2 file(s)" in subject:
            path.write_bytes(csv_bytes(policies(4)))

    assert load(folder, progress=progress) == {"b.csv": ("loaded", 3, 3, 0)}
    assert load(folder, "second") == {"a.csv": ("loaded", 4, 4, 0)}


def test_second_loader_is_told_who_holds_the_folder(folder: DataFolder) -> None:
    code = """
        import sys
        from pathlib import Path
        from metrics_dictionary.locations import DataFolder
        from orchestration.lib.locks import PipelineBusyError, pipeline_lock
        try:
            with pipeline_lock(DataFolder(Path(sys.argv[1])), "second"):
                print("held")
        except PipelineBusyError as error:
            print(error)
    """
    with pipeline_lock(folder, "the nightly run"):
        told = run_child(code, folder).stdout
        assert f"process {os.getpid()} (the nightly run) since 20" in told
        with pytest.raises(PipelineBusyError, match="the nightly run"), pipeline_lock(folder):
            pass
    assert run_child(code, folder).stdout.strip() == "held"


def test_full_disk_leaves_a_consistent_ledger_and_a_clear_error(folder: DataFolder, tmp_path: Path) -> None:
    put(folder, "big.parquet", parquet_bytes(tmp_path, policies(60_000)))
    code = """
        import resource, sys
        from pathlib import Path
        from metrics_dictionary.locations import DataFolder
        from orchestration.lib.loading import load_pending
        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        load_pending(DataFolder(Path(sys.argv[1])), "full")
    """
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    failed = run_child(code, folder, folder.raw_database.stat().st_size + 100_000)
    assert failed.returncode == 1
    assert "File too large" in failed.stderr or "Could not write" in failed.stderr, failed.stderr[-500:]
    assert query(folder, "select count(*) from meta.loads where run_id = 'full'") == [(0,)]
    assert raw_policies(folder) == []
    assert load(folder, "again") == {"big.parquet": ("loaded", 60_000, 60_000, 0)}
    assert_accounted(folder)
