"""One asset per contract, partitioned by delivery date. To add one, drop a contract into orchestration/contracts."""

import contextlib
from collections.abc import Iterator
from datetime import date

import dagster as dg
import duckdb

from orchestration.defs.workspace import Workspace
from orchestration.lib.contracts import Contract, all_contracts
from orchestration.lib.loading import load_and_replay, park_unclaimed, pending_deliveries
from orchestration.lib.raw_database import open_raw_database

# A partition takes in everything pending that was delivered up to its date: what is late is picked up by the next run, and a first
# load of years of history is one partition, not a thousand.
DELIVERY_DATES = dg.DynamicPartitionsDefinition(name="delivery_date")


def _parents(contract: Contract) -> set[tuple[str, str]]:
    """Source and entity of what a contract's columns refer to, itself left out."""
    return {c.reference[:2] for c in contract.columns.values() if c.reference} - {(contract.source, contract.entity)}


def _spec(contract: Contract) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=[contract.source, contract.entity],
        deps=[list(parent) for parent in sorted(_parents(contract))],
        group_name="ingest",
        kinds={"duckdb"},
        description=f"{contract.name.zh} {contract.name.en}. {contract.grain}",
        tags={"source": contract.source, "delivery": contract.delivery},
    )


# One step for all entities: opening and closing the raw database for each of them, and Dagster's bookkeeping of a step, took
# 20 of 42 seconds of a first load.
@dg.multi_asset(
    name="deliveries",
    specs=[_spec(contract) for contract in all_contracts().values()],
    partitions_def=DELIVERY_DATES,
    can_subset=True,
)
def deliveries(context: dg.AssetExecutionContext, workspace: Workspace) -> Iterator[dg.MaterializeResult]:
    """Load every selected entity's deliveries of the run's dates into its raw table, referenced entities first.

    An entity that cannot be loaded stops those that refer to it, and no other; the step fails at its end, naming each.
    """
    newest = date.fromisoformat(context.partition_key)
    failed: dict[tuple[str, str], str] = {}
    with contextlib.closing(open_raw_database(workspace.folder)) as connection:
        pending = [d for d in pending_deliveries(connection, workspace.folder) if (d.delivered_date or newest) <= newest]
        for contract in all_contracts().values():
            key = dg.AssetKey([contract.source, contract.entity])
            if key not in context.selected_asset_keys:
                continue
            if missing := sorted("/".join(parent) for parent in _parents(contract) & set(failed)):
                failed[contract.source, contract.entity] = f"not tried, because {', '.join(missing)} failed"
                continue
            try:
                results = load_and_replay(connection, contract, workspace.folder, context.run_id, pending=pending)
            except (duckdb.Error, OSError) as error:
                failed[contract.source, contract.entity] = str(error)
                continue
            for parked in (r for r in results if r.status == "parked"):
                context.log.warning(f"{parked.file} is parked: {parked.reason}. {parked.detail}")
            yield dg.MaterializeResult(
                asset_key=key,
                metadata={
                    "files": len(results),
                    "delivery_dates": sorted({r.delivered_date.isoformat() for r in results if r.delivered_date}),
                    "files_parked": sum(r.status == "parked" for r in results),
                    "rows_read": sum(r.rows_read for r in results),
                    "rows_loaded": sum(r.rows_loaded for r in results),
                    "rows_quarantined": sum(r.rows_quarantined for r in results),
                },
            )
    if failed:
        raise dg.Failure("; ".join(f"{'/'.join(entity)}: {reason}" for entity, reason in failed.items()))


@dg.asset(key=["landing", "unclaimed"], group_name="ingest")
def unclaimed_files(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """Files in the landing zone that no contract claims: parked with the reason, never ignored in silence."""
    with contextlib.closing(open_raw_database(workspace.folder)) as connection:
        parked = park_unclaimed(connection, workspace.folder, context.run_id)
    for result in parked:
        context.log.warning(f"{result.file} is parked: {result.reason}. {result.detail}")
    return dg.MaterializeResult(metadata={"files_parked": len(parked)})
