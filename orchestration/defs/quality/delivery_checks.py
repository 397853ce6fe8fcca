"""Great Expectations over what a run has loaded, as one asset check per contract."""

import contextlib
from collections.abc import Iterator

import dagster as dg

from orchestration.defs.workspace import Workspace
from orchestration.lib.checks_ledger import record_checks
from orchestration.lib.contracts import all_contracts
from orchestration.lib.loading import unchecked_runs
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.validation import delivered_table, validate

# A run is one process, so a step of higher priority comes before others that are ready: trust is known before anything is published.
FIRST = {"dagster/priority": "10"}
CHECK = "contract"


@dg.multi_asset_check(
    name="delivery_checks",
    op_tags=FIRST,
    can_subset=True,
    specs=[dg.AssetCheckSpec(CHECK, asset=[c.source, c.entity], description=c.grain) for c in all_contracts().values()],
)
def delivery_checks(context: dg.AssetCheckExecutionContext, workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
    """Validate every entity loaded since it was last checked, by this run or one that was killed; others keep the result they have."""
    folder, run_id = workspace.folder, context.op_execution_context.run_id
    with contextlib.closing(open_raw_database(folder)) as connection:
        as_of = connection.execute("select max(delivered_date) from meta.loads where status = 'loaded'").fetchone()[0]
        runs = unchecked_runs(connection)
    selected = {key.asset_key for key in context.selected_asset_check_keys}
    contracts = [c for c in all_contracts().values() if c.path in runs and dg.AssetKey([c.source, c.entity]) in selected]
    report = validate(folder.raw_database, [delivered_table(c, {*runs[c.path], run_id}, as_of) for c in contracts], folder.data_docs)
    record_checks(folder, run_id, report.results)
    for contract in contracts:
        results = report.of_table(contract.path)
        failed = [r for r in results if r.status != "passed"]
        yield dg.AssetCheckResult(
            asset_key=[contract.source, contract.entity],
            check_name=CHECK,
            passed=not failed,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"expectations": len(results), "failed": [f"{r.expectation} {r.column_name or ''}".strip() for r in failed]},
        )
