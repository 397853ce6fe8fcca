"""Tells of a run in events of OpenLineage, from its beginning to its end."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.locations import DataFolder
from orchestration.lib.dbt_project import manifest_path
from orchestration.lib.openlineage_events.events import abort_event, end_events, start_event
from orchestration.lib.openlineage_events.facts import RunFacts, Step, interrupted_runs, read_facts
from orchestration.lib.openlineage_events.outbox import Outbox, forget_old

NAMESPACE = "zhicang"


@contextlib.contextmanager
def told_run(
    folder: DataFolder,
    run_id: str,
    job_of: Callable[[str], str],
    steps: Callable[[], tuple[Step, ...]],
    warn: Callable[[str], None],
) -> Iterator[None]:
    """Tell of the run that the caller records inside this context: START now, everything else when it has ended.

    `job_of` names the job of a run, `steps` are asked for at the end. Whatever goes wrong in the telling is given to `warn`: a run does
    not fail because nobody listens.
    """
    namespace, began = os.environ.get("OPENLINEAGE_NAMESPACE", NAMESPACE), datetime.now(UTC)
    outbox: Outbox | None = None
    with _only_told("sent", warn):
        outbox = Outbox(folder.openlineage / f"{run_id}.jsonl", warn)
        if not outbox.is_disabled:
            outbox.put([abort_event(namespace, killed, job_of(killed), began) for killed in interrupted_runs(folder)])
            outbox.put([start_event(namespace, run_id, job_of(run_id), began)])
    try:
        yield
    finally:
        if outbox is not None and not outbox.is_disabled:
            with _only_told("made", warn):
                facts = read_facts(folder, run_id, job_of(run_id), steps(), began)
                outbox.put(end_events(namespace, facts, *_lineage(folder, facts)))
            with _only_told("sent", warn):
                outbox.close()
                forget_old(folder.openlineage)


@contextlib.contextmanager
def _only_told(what: str, warn: Callable[[str], None]) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # whatever it is, the run keeps its own outcome
        warn(f"the lineage events of this run could not be {what}: {type(error).__name__}: {error}")


def _lineage(folder: DataFolder, facts: RunFacts) -> tuple[Lineage | None, dict[str, str]]:
    """The lineage of what was built, and the names of metrics; none when dbt has built nothing in this run."""
    if not facts.tables:
        return None, {}
    manifest = manifest_path(folder)
    dictionary = Dictionary(manifest)
    names = {code: f"{metric.governance.name_zh} {metric.governance.name_en}" for code, metric in dictionary.published.items()}
    return read_lineage(dictionary, manifest, folder.compiled / "lineage"), names
