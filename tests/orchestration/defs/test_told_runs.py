"""What a run of Dagster tells of itself: its begin, what it loaded, how it ended, and runs before it that were killed."""

import json
import shutil
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.defs.ingest import deliveries as ingest
from orchestration.defs.workspace import Workspace
from orchestration.lib.openlineage_events import telling
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.runs import finish_run
from tests.orchestration.lib.openlineage_schemas import faults

LANDING = PROJECT_ROOT / "tests" / "fixtures" / "landing"
DAY = "2020-12-31"
PARTS = ("master_data/organisation", "master_data/channel")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    for part in PARTS:
        shutil.copytree(LANDING / part, folder.landing / part)
    return folder


@dg.asset(deps=[["master_data", "channel"]])
def ended(context: dg.AssetExecutionContext, workspace: Workspace) -> None:
    """Ends the run as publishing does."""
    finish_run(workspace.folder, context.run_id, None)


def run(folder: DataFolder, instance: dg.DagsterInstance) -> tuple[dg.ExecuteInProcessResult, list[dict[str, Any]]]:
    """Load what lies in the folder; returns the result and the events told."""
    instance.add_dynamic_partitions(ingest.DELIVERY_DATES.name, [DAY])
    resources = {"workspace": Workspace(root=str(folder.root))}
    assets = [ingest.deliveries, ended]
    result = dg.materialize(assets, partition_key=DAY, resources=resources, instance=instance, raise_on_error=False)
    file = folder.openlineage / f"{result.run_id}.jsonl"
    return result, [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def own(events: list[dict[str, Any]], run_id: str) -> list[str]:
    """The events of the run itself."""
    return [event["eventType"] for event in events if event["run"]["runId"] == run_id]


def test_a_run_tells_its_begin_its_loads_and_its_end(folder: DataFolder) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        result, events = run(folder, instance)
    assert result.success
    assert own(events, result.run_id) == ["START", "COMPLETE"]
    done = {event["job"]["name"]: event for event in events if event["eventType"] == "COMPLETE"}
    assert set(done) == {"load.master_data.organisation", "load.master_data.channel", events[0]["job"]["name"]}
    assert [fault for event in events for fault in faults(event)] == []
    assert str(folder.root) not in json.dumps(events), "no path of this machine is told"


def test_a_step_that_fails_is_told_by_name_and_not_by_what_it_said(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise duckdb.ConversionException("could not convert '13800001111'")

    monkeypatch.setattr(ingest, "load_and_replay", failing)
    with dg.DagsterInstance.ephemeral() as instance:
        result, events = run(folder, instance)
    assert not result.success
    assert own(events, result.run_id) == ["START", "FAIL"]
    assert events[-1]["run"]["facets"]["errorMessage"]["message"].startswith("failed: deliveries.")
    assert "13800001111" not in json.dumps(events)
    assert [fault for event in events for fault in faults(event)] == []


def test_a_run_that_was_killed_is_aborted_by_the_next(folder: DataFolder) -> None:
    killed = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
    with open_raw_database(folder) as connection:
        connection.execute("insert into meta.runs (run_id, started_at, status) values (?, now()::timestamp, 'running')", [killed])
    with dg.DagsterInstance.ephemeral() as instance:
        _, events = run(folder, instance)
        _, again = run(folder, instance)
    assert own(events, killed) == ["ABORT"]
    assert own(again, killed) == []


def test_a_run_does_not_fail_because_it_cannot_be_told(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: Any) -> None:
        raise RuntimeError("no facts")

    monkeypatch.setattr(telling, "read_facts", failing)
    with dg.DagsterInstance.ephemeral() as instance:
        result, events = run(folder, instance)
    assert result.success
    assert own(events, result.run_id) == ["START"]
    assert "the lineage events of this run could not be made: RuntimeError: no facts" in capfd.readouterr().err


def test_a_folder_that_cannot_be_written_stops_no_run(folder: DataFolder, capfd: pytest.CaptureFixture[str]) -> None:
    folder.openlineage.write_text("a file where the folder should be")
    with dg.DagsterInstance.ephemeral() as instance:
        result, _ = run(folder, instance)
    assert result.success
    assert "the lineage events of this run could not be sent: FileExistsError" in capfd.readouterr().err
