"""Watches the landing zone: new, late or corrected files start a run up to the newest of their delivery dates."""

import contextlib

import dagster as dg

from metrics_dictionary.locks import PipelineBusyError, pipeline_lock
from orchestration.defs.ingest.deliveries import DELIVERY_DATES
from orchestration.defs.workspace import Workspace
from orchestration.lib.landing import landing_state
from orchestration.lib.loading import pending_dates, pending_deliveries
from orchestration.lib.raw_database import open_raw_database


@dg.sensor(job_name="warehouse", minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.STOPPED)
def landing_sensor(context: dg.SensorEvaluationContext, workspace: Workspace) -> dg.SensorResult | dg.SkipReason:
    """One run request for all that is pending; its key follows the state of the files, so the same state never runs twice."""
    folder = workspace.folder
    try:
        with pipeline_lock(folder, "landing sensor"), contextlib.closing(open_raw_database(folder)) as connection:
            days = [day.isoformat() for day in pending_dates(pending_deliveries(connection, folder))]
    except PipelineBusyError as error:
        return dg.SkipReason(str(error))
    if not days:
        return dg.SkipReason(f"nothing new in {folder.landing}")
    newest = days[-1]
    state = landing_state(folder, set(days))
    known = context.instance.get_dynamic_partitions(DELIVERY_DATES.name)
    return dg.SensorResult(
        run_requests=[dg.RunRequest(partition_key=newest, run_key=f"{newest}:{state}")],
        dynamic_partitions_requests=[] if newest in known else [DELIVERY_DATES.build_add_request([newest])],
    )
