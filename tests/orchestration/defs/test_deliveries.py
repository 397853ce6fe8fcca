"""The step that loads deliveries: one entity that fails stops those that refer to it, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.defs.ingest import deliveries as ingest
from orchestration.defs.workspace import Workspace

LANDING = PROJECT_ROOT / "tests" / "fixtures" / "landing"
DAY = "2020-12-31"


def load(folder: DataFolder) -> dg.ExecuteInProcessResult:
    """Load everything that lies in the folder, as a run does."""
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(ingest.DELIVERY_DATES.name, [DAY])
        workspace = Workspace(root=str(folder.root))
        return dg.materialize(
            [ingest.deliveries], partition_key=DAY, resources={"workspace": workspace}, instance=instance, raise_on_error=False
        )


def loaded_entities(result: dg.ExecuteInProcessResult) -> set[str]:
    """The `source/entity` the run says it has loaded."""
    return {"/".join(event.asset_key.path) for event in result.get_asset_materialization_events() if event.asset_key}


def test_an_entity_that_fails_stops_those_that_refer_to_it_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = DataFolder(tmp_path)
    shutil.copytree(LANDING, folder.landing)
    real = ingest.load_and_replay

    def without_products(connection: Any, contract: Any, *rest: Any, **more: Any) -> Any:
        if contract.path == "master_data/product":
            raise duckdb.IOException("the disk is full")
        return real(connection, contract, *rest, **more)

    monkeypatch.setattr(ingest, "load_and_replay", without_products)
    broken = load(folder)
    assert not broken.success
    (failure,) = (event for event in broken.all_events if event.is_step_failure)
    message = failure.step_failure_data.error.to_string()
    assert "master_data/product: the disk is full" in message
    assert "policy_admin/policy: not tried, because master_data/product failed" in message
    assert "claims/claim: not tried, because policy_admin/policy failed" in message
    loaded = loaded_entities(broken)
    assert {"master_data/organisation", "master_data/channel", "contact_centre/contact"} <= loaded
    assert not {"master_data/product", "policy_admin/policy", "claims/claim"} & loaded

    monkeypatch.setattr(ingest, "load_and_replay", real)
    mended = load(folder)
    assert mended.success
    assert {"master_data/product", "policy_admin/policy", "claims/claim"} <= loaded_entities(mended)
    with duckdb.connect(str(folder.raw_database), read_only=True) as connection:
        assert connection.execute("select count(*) from policy_admin.policy").fetchone()[0] > 0
        assert connection.execute("select count(*) from meta.quarantine").fetchone() == (0,)
