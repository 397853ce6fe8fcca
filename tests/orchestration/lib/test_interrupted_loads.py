"""A load that is killed, starved or disturbed leaves a consistent state, and the next one completes it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.locks import PipelineBusyError, pipeline_lock
from tests.orchestration.lib.deliveries import (
    assert_accounted,
    csv_bytes,
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
        from metrics_dictionary.locks import PipelineBusyError, pipeline_lock
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
