"""The data folder as a Dagster resource: one run at a time writes to it, and each run is recorded."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.locks import pipeline_lock
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
        """Lock the folder and record the run while Dagster executes it."""
        run_id = context.run_id or "no-run"
        with pipeline_lock(self.folder, f"pipeline run {run_id}"), recorded_run(self.folder, run_id):
            yield self
