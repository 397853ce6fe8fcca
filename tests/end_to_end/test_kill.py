"""Kill -9 at seven points of one delivery's way: nothing that was shown breaks, and the rerun reaches the undisturbed values."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.dbt_project import dbt_environment
from orchestration.run_pipeline import run_pipeline

LANDING = PROJECT_ROOT / "tests" / "fixtures" / "landing"
LAST_DELIVERY = "dt=2020-12-31"
TIMEOUT_SECONDS = 300


def published_values(folder: DataFolder) -> list[tuple]:
    """Every published value and finding without since when, and from which run, it is known.

    The coverage of lineage is measured on the last day of each run's data, so it tells of the runs and not of the data.
    """
    values = asked(
        folder,
        "select * exclude (run_id, known_from) from metric_values where metric_code <> 'metric_lineage_coverage' order by all",
    )
    return values + asked(folder, "select * from marts.fct_compliance_findings order by all")


def asked(folder: DataFolder, sql: str, *parameters: object) -> list[tuple]:
    """Rows of a query over what is published."""
    with duckdb.connect(str(folder.published_database.resolve(strict=True)), read_only=True) as connection:
        return connection.execute(sql, list(parameters)).fetchall()


def deliver(folder: DataFolder, chosen: Callable[[Path], bool]) -> None:
    for file in LANDING.rglob("*"):
        if file.is_file() and chosen(file):
            target = folder.landing / file.relative_to(LANDING)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def run_and_kill(folder: DataFolder, reached: Callable[[str], bool]) -> str:
    """Start the pipeline in a process group of its own and kill the whole group once `reached`(its output so far) is true."""
    output = folder.root / "output.txt"
    with output.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.run_pipeline"],
            cwd=PROJECT_ROOT,
            env=dbt_environment(folder),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = time.monotonic() + TIMEOUT_SECONDS
        while process.poll() is None and not reached(output.read_text(encoding="utf-8")) and time.monotonic() < until:
            time.sleep(0.02)
        was_running = process.poll() is None
        if was_running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    text = output.read_text(encoding="utf-8")
    assert was_running, f"the run ended before the point was reached:\n{text}"
    return text


def test_a_run_killed_at_seven_points_reaches_the_values_of_an_undisturbed_run(tmp_path: Path, fixture_folder: DataFolder) -> None:
    folder = DataFolder(tmp_path / "killed")
    deliver(folder, lambda file: LAST_DELIVERY not in str(file))
    run_pipeline(folder)
    before = published_values(folder)
    count_before = asked(folder, "select count(*) from metric_values")
    deliver(folder, lambda file: LAST_DELIVERY in str(file))

    console = folder.cache / "dbt" / "console.log"

    def dbt_says(words: str) -> Callable[[str], bool]:
        return lambda _output: console.exists() and words in console.read_text(encoding="utf-8")

    def building(_output: str) -> bool:
        return any(file.stat().st_size > 0 for file in folder.published.glob(".building-*/zhicang.duckdb"))

    points: dict[str, Callable[[str], bool]] = {
        "load, early": lambda output: "loaded account/bank_statement_line " in output,
        "load, in the middle": lambda output: "loaded policy_admin/policy " in output,
        "load, at its end": lambda output: "loaded claims/claim_stage_event " in output,
        "dbt, first models": dbt_says("OK created"),
        "dbt, facts": dbt_says("fct_claims"),
        "metrics": lambda output: "done   mart_checks" in output,
        "publication": building,
    }
    for point, reached in points.items():
        console.unlink(missing_ok=True)
        run_and_kill(folder, reached)
        assert published_values(folder) == before, f"killed at {point}: what was shown changed"
    run_pipeline(folder)
    assert published_values(folder) == published_values(fixture_folder)
    assert published_values(folder) != before, "the last delivery changed nothing: the test proves nothing"
    assert asked(folder, "select count(*) from loads where rows_read <> rows_loaded + rows_quarantined") == [(0,)]
    assert asked(folder, "select count(*) from runs where status = 'interrupted'") == [(len(points),)]
    # The ledger gives both publications back, and every finished value that changed stands in a restatement.
    (first,), (last,) = asked(folder, "select distinct known_from from metric_ledger order by known_from")
    known = "select count(*) from metric_ledger where known_from <= $1 and (known_to is null or known_to > $1)"
    assert asked(folder, known, first) == count_before
    assert asked(folder, known, last) == asked(folder, "select count(*) from metric_values")
    causes = dict(asked(folder, "select cause, sum(changed_values) from metric_restatements group by cause"))
    assert set(causes) <= {"late_data", "corrected_data"}
    assert sum(causes.values()) > 0
