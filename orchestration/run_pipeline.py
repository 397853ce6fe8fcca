"""Run the whole pipeline over one data folder, through Dagster, in this process: `python -m orchestration.run_pipeline`.

With `--parse-only` the dbt project is parsed and nothing is run: what the first run needs, while its files are still being made.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.locks import PipelineBusyError, pipeline_lock
from metrics_dictionary.project_files import project_hash
from orchestration.lib.contracts import all_contracts
from orchestration.lib.dagster_home import prepare_home
from orchestration.lib.dbt_project import DbtProjectError, dbt_environment, ensure_manifest
from orchestration.lib.loading import pending_dates, pending_deliveries, unfinished_entities, waiting_entities
from orchestration.lib.publishing import publications
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.runs import has_unbuilt_dates, last_project_hash


class PipelineError(Exception):
    """A run that did not end well; the message carries what the run said."""


@dataclass(frozen=True)
class Work:
    """What there is to do in a data folder: delivery dates and entities to load, and why everything else must be rebuilt."""

    dates: list[str]
    entities: frozenset[str]
    reason: str | None

    @property
    def is_nothing(self) -> bool:
        """Nothing arrived and nothing changed since the last publication."""
        return not self.dates and self.reason is None


def find_work(folder: DataFolder) -> Work:
    """Look at the landing zone, the models and the last publication. Raises PipelineBusyError when another run writes."""
    with pipeline_lock(folder, "looking for work"), contextlib.closing(open_raw_database(folder)) as connection:
        pending = pending_deliveries(connection, folder)
        unfinished = unfinished_entities(connection)
        entities = waiting_entities(connection, pending) | unfinished
        dates = [d.isoformat() for d in pending_dates(pending)]
        if unfinished and not dates:
            (newest,) = connection.execute("select max(delivered_date) from meta.loads where status = 'loaded'").fetchone()
            dates = [newest.isoformat()]
        connection.close()
        if last_project_hash(folder) != project_hash():
            reason = "models, definitions or seeds changed"
        elif has_unbuilt_dates(folder):
            reason = "an earlier run did not finish building"
        elif not any(p.is_current for p in publications(folder)):
            reason = "nothing is published yet"
        elif not _last_run_succeeded(folder):
            reason = "the last run did not end well"
        else:
            reason = None
    return Work(dates=dates, entities=frozenset(entities), reason=reason)


def _last_run_succeeded(folder: DataFolder) -> bool:
    with contextlib.closing(open_raw_database(folder)) as connection:
        row = connection.execute("select status from meta.runs order by started_at desc limit 1").fetchone()
    return row is not None and row[0] == "succeeded"


def _import_slow_libraries() -> None:
    """Seconds of imports that the later steps need, taken while the first ones wait for the database."""
    importlib.import_module("great_expectations")


@contextlib.contextmanager
def _compiling_metrics() -> Iterator[None]:
    """Compile metric statements in a process of its own, beside loading and building; publishing waits for it."""
    process = subprocess.Popen([sys.executable, "-m", "metrics_dictionary.compilation"], cwd=PROJECT_ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def execute(job_name: str, partition: str | None = None, entities: Collection[str] | None = None) -> bool:
    """Execute a job in this process, in the run history of the folder the environment names; true when it succeeded.

    `entities` are the `source/entity` that have something to load; the assets of the others are left out of the run.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        parsing = pool.submit(ensure_manifest, DataFolder.from_environment())  # a process of its own, while this one imports
        import dagster as dg
        import dagster_dbt  # noqa: F401

        parsing.result()
    warnings.filterwarnings("ignore", category=dg.PreviewWarning)
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    from orchestration.definitions import defs
    from orchestration.defs.ingest.deliveries import DELIVERY_DATES

    threading.Thread(target=_import_slow_libraries, daemon=True).start()
    with _compiling_metrics(), dg.DagsterInstance.get() as instance:
        if partition:
            instance.add_dynamic_partitions(DELIVERY_DATES.name, [partition])
        job = defs.resolve_job_def(job_name)
        idle = {dg.AssetKey(path.split("/")) for path in all_contracts() if entities is not None and path not in entities}
        result = job.execute_in_process(
            instance=instance,
            partition_key=partition,
            raise_on_error=False,
            run_config={"loggers": {"progress": {}}},
            asset_selection=sorted(job.asset_layer.selected_asset_keys - idle) if idle else None,
        )
        if not result.success:
            for failure in (e for e in result.all_events if e.is_failure and e.step_key):
                error = getattr(failure.event_specific_data, "error", None)
                while error is not None and error.cause is not None:
                    error = error.cause
                print(f"  {failure.step_key}: {error.message.strip() if error else failure.message}", file=sys.stderr, flush=True)
        return result.success


def main(arguments: Sequence[str] = ()) -> int:
    """Run over the folder the environment names; the exit code tells success."""
    parser = argparse.ArgumentParser(description="Load, build and publish what lies in the landing zone.")
    parser.add_argument("--parse-only", action="store_true", help="parse the dbt project and run nothing")
    parses_only = parser.parse_args(arguments).parse_only
    folder = DataFolder.from_environment()
    began = time.monotonic()
    try:
        if parses_only:
            ensure_manifest(folder)
            return 0
        work = find_work(folder)
        if work.is_nothing:
            print(f"nothing new in {folder.landing}: the published version is up to date")
            return 0
        why = f"; {work.reason}" if work.reason else ""
        print(f"pipeline over {folder.root}: {len(work.dates)} delivery dates to load{why}", flush=True)
        prepare_home(folder)
        succeeded = execute("warehouse", work.dates[-1], work.entities) if work.dates else execute("rebuild")
    except PipelineBusyError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    except DbtProjectError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - began
    if not succeeded:
        print(f"the run failed after {seconds:.0f} s; what was published before stays as it was", file=sys.stderr)
        return 1
    print(f"published {folder.current_publication.resolve().name} in {seconds:.0f} s")
    return 0


def run_pipeline(folder: DataFolder, timeout: float | None = None) -> str:
    """Run the pipeline over `folder` in a process of its own; returns what it printed. Raises PipelineError."""
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.run_pipeline"],
        cwd=PROJECT_ROOT,
        env=dbt_environment(folder),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if run.returncode != 0:
        raise PipelineError(f"the pipeline over {folder.root} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}")
    return run.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
