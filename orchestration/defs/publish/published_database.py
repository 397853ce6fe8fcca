"""The database that the cockpit and analysts open."""

import dagster as dg

from orchestration.defs.workspace import Workspace
from orchestration.lib.publishing import publish
from orchestration.lib.runs import finish_run


@dg.asset(key=["published", "zhicang"], deps=[["metrics", "metric_values"]], group_name="publish", kinds={"duckdb"})
def published_database(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """Build a new version beside the old ones, verify it, show it."""
    publication = publish(workspace.folder, context.run_id)
    finish_run(workspace.folder, context.run_id, publication.version)
    return dg.MaterializeResult(
        metadata={
            "version": publication.version,
            "bytes": publication.database.stat().st_size,
            "path": dg.MetadataValue.path(publication.database),
        }
    )
