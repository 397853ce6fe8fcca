"""The metrics dictionary as tables: catalogue, values, targets, status."""

import dagster as dg

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.publication import publish_metrics
from orchestration.defs.workspace import Workspace
from orchestration.lib.dbt_project import ensure_manifest, read_manifest
from orchestration.lib.raw_database import as_of_date
from orchestration.lib.validation import is_public_mart

MARTS = [["marts", node["name"]] for node in read_manifest(DataFolder.from_environment())["nodes"].values() if is_public_mart(node)]


@dg.asset(key=["metrics", "metric_values"], deps=MARTS, group_name="metrics", kinds={"duckdb"})
def metric_values(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """Compute every metric of the dictionary at every cut it allows."""
    folder = workspace.folder
    written = publish_metrics(
        folder.warehouse_database,
        ensure_manifest(folder),
        run_id=context.run_id,
        as_of_date=as_of_date(folder),
        cache=folder.compiled,
    )
    return dg.MaterializeResult(metadata={"values": written})
