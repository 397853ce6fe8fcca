"""The data folder as a Dagster resource: one run at a time writes to it, and each run is recorded."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.locks import pipeline_lock
from orchestration.lib.openlineage_events.facts import Step
from orchestration.lib.openlineage_events.telling import told_run
from orchestration.lib.runs import recorded_run


class Workspace(dg.ConfigurableResource):
    """Holds the data folder for the length of a run. Raises PipelineBusyError when another run holds it."""

    root: str

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return DataFolder(Path(self.root))

    @contextlib.contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> "Iterator[Workspace]":
        """Lock the folder, and record and tell the run while Dagster executes it."""
        run_id = context.run_id or "no-run"
        with contextlib.ExitStack() as stack:
            stack.enter_context(pipeline_lock(self.folder, f"pipeline run {run_id}"))
            if context.run_id and context.instance:
                stack.enter_context(_told(self.folder, context))
            stack.enter_context(recorded_run(self.folder, run_id))
            yield self


def _told(folder: DataFolder, context: dg.InitResourceContext) -> contextlib.AbstractContextManager[None]:
    instance, own = context.instance, context.run_id

    def job_of(run_id: str) -> str:
        run = context.dagster_run if run_id == own else instance.get_run_by_id(run_id)
        return run.job_name if run else "unknown"

    def steps() -> tuple[Step, ...]:
        return tuple(
            Step(s.step_key, s.status.value == "SUCCESS", *(datetime.fromtimestamp(t, UTC) for t in (s.start_time, s.end_time)))
            for s in instance.get_run_step_stats(own)
            if s.status and s.start_time and s.end_time
        )

    return told_run(folder, own, job_of, steps, context.log.warning)
