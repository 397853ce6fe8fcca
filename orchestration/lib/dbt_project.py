"""The dbt project as the pipeline sees it: its manifest and the results of its tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.project_files import project_hash
from orchestration.lib.checks_ledger import CheckResult

DBT_EXECUTABLE = str(Path(sys.executable).with_name("dbt"))


class DbtProjectError(Exception):
    """The dbt project cannot be parsed; the message carries dbt's own words."""


def dbt_environment(folder: DataFolder) -> dict[str, str]:
    """The environment in which dbt works on `folder`, with its artifacts in the folder's cache."""
    return os.environ | {
        "ZHICANG_DATA": str(folder.root),
        "DBT_PROJECT_DIR": str(PROJECT_ROOT),
        "DBT_PROFILES_DIR": str(PROJECT_ROOT),
        "DBT_TARGET_PATH": str(folder.cache / "dbt"),
        "DBT_LOG_PATH": str(folder.cache / "dbt"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def use_folder(folder: DataFolder) -> None:
    """Make this process, and the dbt processes it starts, work on `folder`."""
    os.environ.update(dbt_environment(folder))


def manifest_path(folder: DataFolder) -> Path:
    """Where the folder's manifest lies."""
    return folder.cache / "dbt" / "manifest.json"


def ensure_manifest(folder: DataFolder) -> Path:
    """The manifest of the project as it is now, parsed only when a file has changed since. Raises DbtProjectError."""
    manifest = manifest_path(folder)
    stamp = manifest.with_suffix(".hash")
    current = project_hash()
    if manifest.exists() and stamp.exists() and stamp.read_text() == current:
        return manifest
    manifest.parent.mkdir(parents=True, exist_ok=True)
    folder.warehouse.mkdir(parents=True, exist_ok=True)
    parsed = subprocess.run(  # noqa: S603
        [DBT_EXECUTABLE, "--quiet", "parse"], cwd=PROJECT_ROOT, env=dbt_environment(folder), capture_output=True, text=True, check=False
    )
    if parsed.returncode != 0:
        raise DbtProjectError(f"dbt cannot read the project in {PROJECT_ROOT}:\n{parsed.stdout}{parsed.stderr}")
    stamp.write_text(current)
    return manifest


def read_manifest(folder: DataFolder) -> dict[str, Any]:
    """The manifest as a dictionary."""
    return json.loads(ensure_manifest(folder).read_text(encoding="utf-8"))


def test_results(manifest: Mapping[str, Any], run_results: Mapping[str, Any]) -> Iterator[CheckResult]:
    """One CheckResult per dbt data test of an invocation; a warning is a failed check that did not stop the build."""
    for result in run_results["results"]:
        node = manifest["nodes"].get(result["unique_id"])
        if node is None or node["resource_type"] != "test" or result["status"] == "skipped":
            continue
        attached = manifest["nodes"].get(node.get("attached_node") or "", {})
        tested = attached or next((manifest["nodes"][n] for n in node["depends_on"]["nodes"] if n in manifest["nodes"]), {})
        status = {"pass": "passed", "warn": "failed", "fail": "failed"}.get(result["status"], "error")
        yield CheckResult(
            layer="dbt_test",
            subject=tested["fqn"][2] if len(tested.get("fqn", [])) > 3 else "",
            table_name=tested.get("name", ""),
            column_name=node.get("column_name"),
            expectation=node["name"],
            status=status,
            rows_failing=result.get("failures"),
            detail=None if status == "passed" else (result.get("message") or "")[:200],
        )
