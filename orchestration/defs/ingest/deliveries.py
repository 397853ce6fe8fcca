"""One asset per contract, partitioned by delivery date. To add one, drop a contract into orchestration/contracts."""

import contextlib
from datetime import date

import dagster as dg

from orchestration.defs.workspace import Workspace
from orchestration.lib.contracts import Contract, all_contracts
from orchestration.lib.loading import load_and_replay, park_unclaimed, pending_deliveries
from orchestration.lib.raw_database import open_raw_database

# A partition takes in everything pending that was delivered up to its date: what is late is picked up by the next run, and a first
# load of years of history is one partition, not a thousand.
DELIVERY_DATES = dg.DynamicPartitionsDefinition(name="delivery_date")


def delivery_asset(contract: Contract) -> dg.AssetsDefinition:
    """The asset that loads one entity's deliveries of the run's dates into its raw table."""
    parents = {c.reference[:2] for c in contract.columns.values() if c.reference} - {(contract.source, contract.entity)}

    @dg.asset(
        key=[contract.source, contract.entity],
        deps=[list(parent) for parent in sorted(parents)],
        partitions_def=DELIVERY_DATES,
        group_name="ingest",
        kinds={"duckdb"},
        description=f"{contract.name.zh} {contract.name.en}. {contract.grain}",
        tags={"source": contract.source, "delivery": contract.delivery},
    )
    def load(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
        newest = date.fromisoformat(context.partition_key)
        with contextlib.closing(open_raw_database(workspace.folder)) as connection:
            pending = [d for d in pending_deliveries(connection, workspace.folder, contract.path) if (d.delivered_date or newest) <= newest]
            results = load_and_replay(connection, contract, workspace.folder, context.run_id, pending=pending)
        for parked in (r for r in results if r.status == "parked"):
            context.log.warning(f"{parked.file} is parked: {parked.reason}. {parked.detail}")
        return dg.MaterializeResult(
            metadata={
                "files": len(results),
                "delivery_dates": sorted({r.delivered_date.isoformat() for r in results if r.delivered_date}),
                "files_parked": sum(r.status == "parked" for r in results),
                "rows_read": sum(r.rows_read for r in results),
                "rows_loaded": sum(r.rows_loaded for r in results),
                "rows_quarantined": sum(r.rows_quarantined for r in results),
            }
        )

    return load


@dg.asset(key=["landing", "unclaimed"], group_name="ingest")
def unclaimed_files(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """Files in the landing zone that no contract claims: parked with the reason, never ignored in silence."""
    with contextlib.closing(open_raw_database(workspace.folder)) as connection:
        parked = park_unclaimed(connection, workspace.folder, context.run_id)
    for result in parked:
        context.log.warning(f"{result.file} is parked: {result.reason}. {result.detail}")
    return dg.MaterializeResult(metadata={"files_parked": len(parked)})


delivery_assets = [delivery_asset(contract) for contract in all_contracts().values()]
