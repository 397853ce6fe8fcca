"""Great Expectations over every public mart, as one asset check per mart."""

from collections.abc import Iterator

import dagster as dg

from metrics_dictionary.locations import DataFolder
from orchestration.defs.workspace import Workspace
from orchestration.lib.checks_ledger import record_checks
from orchestration.lib.dbt_project import read_manifest
from orchestration.lib.validation import mart_tables, validate

# A run is one process, so a step of higher priority comes before others that are ready: trust is known before anything is published.
FIRST = {"dagster/priority": "10"}
CHECK = "mart_contract"
MARTS = mart_tables(read_manifest(DataFolder.from_environment()))


@dg.multi_asset_check(name="mart_checks", op_tags=FIRST, specs=[dg.AssetCheckSpec(CHECK, asset=["marts", mart.name]) for mart in MARTS])
def mart_checks(context: dg.AssetCheckExecutionContext, workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
    """Validate every public mart as it stands in the warehouse."""
    folder = workspace.folder
    report = validate(folder.warehouse_database, MARTS, folder.data_docs)
    record_checks(folder, context.op_execution_context.run_id, report.results)
    for mart in MARTS:
        results = report.of_table(mart.name)
        failed = [r for r in results if r.status != "passed"]
        yield dg.AssetCheckResult(
            asset_key=["marts", mart.name],
            check_name=CHECK,
            passed=not failed,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"expectations": len(results), "failed": [f"{r.expectation} {r.column_name or ''}".strip() for r in failed]},
        )
