"""A failed run leaves a line that people and log collectors can watch: `alerts.jsonl` in the data folder."""

import json
from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.workspace import Workspace


@dg.run_failure_sensor(default_status=dg.DefaultSensorStatus.RUNNING)
def run_failure_alert(context: dg.RunFailureSensorContext, workspace: Workspace) -> None:
    """Append what failed, when, and why, in one line of JSON."""
    alert = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "run_id": context.dagster_run.run_id,
        "job": context.dagster_run.job_name,
        "message": context.failure_event.message,
    }
    with (workspace.folder.root / "alerts.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(alert, ensure_ascii=False) + "\n")
