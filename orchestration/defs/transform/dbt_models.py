"""Every dbt model, seed and data test, as Dagster sees them. The translator knows no model by name."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.project_files import project_hash
from orchestration.defs.workspace import Workspace
from orchestration.lib.checks_ledger import record_checks
from orchestration.lib.dbt_project import ensure_manifest, read_manifest, test_results
from orchestration.lib.lineage_ledger import record_metric_lineage
from orchestration.lib.runs import last_load_id, last_project_hash, record_build

# Unit tests belong to `make test`. Not-null, unique and accepted-values tests of marts are checked by Great Expectations from the
# same YAML, a few scans a mart; as dbt tests they would be 480 statements a run.
NOT_HERE = "resource_type:unit_test zhicang.*.not_null_* zhicang.*.unique_* zhicang.*.accepted_values_*"
MANIFEST = ensure_manifest(DataFolder.from_environment())


class LayerTranslator(DagsterDbtTranslator):
    """Groups a node by its layer and subject."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """The node's asset, in the group `<layer>_<subject>`."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        node = self.get_resource_props(manifest, unique_id)
        if node["resource_type"] == "source":
            return spec
        return spec.replace_attributes(group_name="_".join([node["schema"], *node["fqn"][2:3]]))


@dbt_assets(manifest=MANIFEST, exclude=NOT_HERE, dagster_dbt_translator=LayerTranslator(), name="dbt_models")
def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource, workspace: Workspace) -> Iterator[Any]:
    """Build what loads have touched; build whole when a model, seed or macro changed since the last build."""
    folder = workspace.folder
    record_metric_lineage(folder, ensure_manifest(folder))
    loaded, current = last_load_id(folder), project_hash()
    whole = current != last_project_hash(folder) or not folder.warehouse_database.exists()
    context.log.info("building whole" if whole else "building the touched business dates")
    command = ["build", *(["--full-refresh"] if whole else [])]
    invocation = dbt.cli(command, context=context, target_path=folder.cache / "dbt", raise_on_error=False)
    with (folder.cache / "dbt" / "console.log").open("w", encoding="utf-8") as console, contextlib.redirect_stdout(console):
        yield from invocation.stream()
    run_results = json.loads((folder.cache / "dbt" / "run_results.json").read_text(encoding="utf-8"))
    record_checks(folder, context.run_id, list(test_results(read_manifest(folder), run_results)))
    if not invocation.is_successful():
        failed = [r["unique_id"] for r in run_results["results"] if r["status"] in {"error", "fail"}]
        raise dg.Failure(f"dbt stopped at: {', '.join(failed) or 'see the log above'}. The published version stays as it was.")
    record_build(folder, context.run_id, current, loaded)
